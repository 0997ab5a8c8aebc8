import Testing

@testable import CSyntax

@Suite struct OutlineItemTests {
  @Test func findsPrototypes() {
    let outline = Outline(
      """
      int plain(int a);
      extern struct thing *find(const char *name, int flags);
      static inline void quick(void);
      __printf(1, 2) int say(const char *, ...);
      void both(int);
      int (*pointer)(int);
      typedef int (*callback)(int);
      """)
    #expect(outline.prototypes.map(\.name) == ["plain", "find", "quick", "say", "both"])
    #expect(outline.prototypes[1].returnType == "struct thing *")
    #expect(outline.prototypes[1].isExtern)
    #expect(outline.source.text(outline.prototypes[1].parameters) == "const char *name, int flags")
    #expect(outline.types.map(\.name) == ["callback"])
    #expect(outline.variables.map(\.name) == ["pointer"])
  }

  @Test func findsVariables() {
    let outline = Outline(
      """
      static int a, b = 3, *c;
      extern struct list_head all;
      const char *names[] = { "x", "y" };
      static const struct ops table __initconst = { .open = my_open };
      struct point { int x; } origin;
      static DEFINE_MUTEX(big_lock);
      DEFINE_PER_CPU(unsigned long, ticks);
      enum color { RED };
      struct later;
      """)
    #expect(
      outline.variables.map(\.name) == [
        "a", "b", "c", "all", "names", "table", "origin", "big_lock", "ticks",
      ])
    #expect(outline.variables.map(\.hasInitializer).filter { $0 }.count == 3)
    #expect(outline.variables.filter(\.isExtern).map(\.name) == ["all"])
    #expect(outline.variables.filter { $0.maker != nil }.map(\.name) == ["big_lock", "ticks"])
    #expect(outline.types.map(\.name) == ["point", "color"])
  }

  @Test func findsOperations() {
    let outline = Outline(
      """
      const struct file_operations my_fops = {
      \t.owner = THIS_MODULE,
      \t.read_iter = my_read,
      \t.nested = { .deep = my_deep },
      \t.size = sizeof(int),
      \t.last = &my_last
      };
      """)
    #expect(
      outline.operations.map { "\($0.type) \($0.variable).\($0.member)=\($0.value):\($0.line)" }
        == [
          "file_operations my_fops.owner=THIS_MODULE:2",
          "file_operations my_fops.read_iter=my_read:3",
          "file_operations my_fops.deep=my_deep:4", "file_operations my_fops.last=my_last:6",
        ])
  }

  @Test func findsExportsAndNamespaces() {
    let outline = Outline(
      """
      int f(void) { }
      EXPORT_SYMBOL_GPL(f);
      EXPORT_SYMBOL_NS_GPL(g, "STORE");
      MODULE_IMPORT_NS(STORE);
      module_init(start)
      #ifdef X
      EXPORT_SYMBOL(h)
      #endif
      """)
    #expect(
      outline.exports.map(\.name) == ["EXPORT_SYMBOL_GPL", "EXPORT_SYMBOL_NS_GPL", "EXPORT_SYMBOL"])
    #expect(outline.exports.map(\.arguments) == [["f"], ["g", "\"STORE\""], ["h"]])
    #expect(outline.namespaceImports.map(\.arguments) == [["STORE"]])
    #expect(outline.calls.contains { $0.name == "module_init" && $0.arguments == ["start"] })
    #expect(outline.conditionStack(outline.exports[2].condition) == ["defined(X)"])
  }

  @Test func findsMacrosAndIncludes() throws {
    let outline = Outline(
      """
      #include <linux/fs.h>
      #include "own.h"
      #define PLAIN 3
      #define CALLS(x, ...) do { helper(x); } while (0)
      #define EMPTY
      """)
    #expect(outline.includes.map(\.path) == ["linux/fs.h", "own.h"])
    #expect(outline.includes.map(\.isSystem) == [true, false])
    #expect(outline.macros.map(\.name) == ["PLAIN", "CALLS", "EMPTY"])
    #expect(outline.macros[0].parameters == nil)
    #expect(outline.macros[1].parameters == ["x", "..."])
    let words = outline.macros[1].body.filter { outline.source.tokens[$0].kind == .identifier }
      .map { outline.source.text($0) }
    #expect(words == ["helper", "x"])
  }

  @Test func whatAMacroBeganEndsWithTheWordThatClosesIt() {
    let outline = Outline(
      """
      MACHINE_START(BOAT, "Boat")
      \t/* Maintainer: nobody */
      \t.offset = 0x100,
      \t.init = boat_init,
      MACHINE_END

      EXPORT_SYMBOL(boat_init);
      static int after;
      """)
    #expect(outline.calls.map(\.name).contains("EXPORT_SYMBOL"))
    #expect(outline.variables.map(\.name).contains("after"))
  }
}
