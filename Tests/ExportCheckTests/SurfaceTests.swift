import ExportCheck
import Testing

@Suite struct SurfaceTests {
  /// What a line exports, as `symbol licence namespace modules`.
  struct Line: Sendable, CustomTestStringConvertible {
    var text: String
    var exports: [String]
    var path = "lib/a.c"
    var testDescription: String { text }
  }

  static let lines: [Line] = [
    Line(text: "EXPORT_SYMBOL(a);", exports: ["a any"]),
    Line(text: "EXPORT_SYMBOL_GPL(a);", exports: ["a gpl"]),
    Line(text: "EXPORT_SYMBOL_NS(a, N);", exports: ["a any N"]),
    Line(text: "EXPORT_SYMBOL_NS_GPL(a, \"N\");", exports: ["a gpl N"]),
    Line(text: "EXPORT_SYMBOL_NS_GPL(a,\n\t\t     N);", exports: ["a gpl N"]),
    Line(text: "EXPORT_SYMBOL_GPL_FOR_MODULES(a, \"kvm,kvm-*\");", exports: ["a gpl kvm kvm-*"]),
    Line(text: "EXPORT_SYMBOL_FOR_MODULES(a, \"x\");", exports: ["a gpl x"]),
    Line(text: "EXPORT_SYMBOL_IF_KUNIT(a);", exports: ["a any EXPORTED_FOR_KUNIT_TESTING"]),
    Line(text: "EXPORT_PER_CPU_SYMBOL_GPL(a);", exports: ["a gpl"]),
    Line(text: "EXPORT_TRACEPOINT_SYMBOL(9p_a);", exports: ["9p_a any"]),
    Line(text: "EXPORT_NS_GPL_DEV_PM_OPS(ops, N) = {\n\t.suspend = f,\n};", exports: ["ops gpl N"]),
    Line(text: "EXPORT_GPL_SIMPLE_DEV_PM_OPS(ops, s, r);", exports: ["ops gpl"]),
    Line(text: "EXPORT_SYMBOL($$divI);", exports: ["$$divI any"]),
    Line(text: "EXPORT_SYMBOL(a)\nEXPORT_SYMBOL(b)\n", exports: ["a any", "b any"]),
    Line(text: "EXPORT_SYMBOL(a); EXPORT_SYMBOL(b);\r\n", exports: ["a any", "b any"]),
    Line(
      text: "#define E(x) EXPORT_SYMBOL_GPL(p_##x)\nE(a);\nE(b);", exports: ["p_a gpl", "p_b gpl"]),
    Line(
      text: "#define D(x) E(x##_1); E(x##_2)\n#define E(x) EXPORT_SYMBOL(x)\nD(a);",
      exports: ["a_1 any", "a_2 any"]),
    Line(text: "#define SAFE(x) x##_safe\nEXPORT_SYMBOL(SAFE(a));", exports: ["a_safe any"]),
    Line(text: "MY_EXPORT_SYMBOL_GPL(a);", exports: ["a gpl"]),
    Line(
      text: "#define DEFAULT_SYMBOL_NAMESPACE \"N\"\n#include <linux/module.h>\nEXPORT_SYMBOL(a);",
      exports: ["a any N"]),
    // Too late: the header has looked for it already.
    Line(
      text: "#include <linux/module.h>\n#define DEFAULT_SYMBOL_NAMESPACE \"N\"\nEXPORT_SYMBOL(a);",
      exports: ["a any"]),
    Line(
      text: "SYM_FUNC_END(a)\nEXPORT_SYMBOL(a)\n# don't\nEXPORT_SYMBOL(b)\n",
      exports: ["a any", "b any"], path: "arch/x86/lib/a.S"),
    Line(
      text: "#[no_mangle]\npub extern \"C\" fn a<'x>(v: &'x u8) {}\nfn b() {}",
      exports: ["a gpl"], path: "rust/a.rs"),
    Line(
      text: "#[export]\npub fn a() {}\n// #[export]\nfn b() {}", exports: ["a gpl"],
      path: "rust/a.rs"),
  ]

  @Test(arguments: lines) func exportsAreRead(_ line: Line) {
    let surface = Surface(path: line.path, text: line.text)
    let found = surface.exports.map { export in
      ([export.symbol, export.isGPL ? "gpl" : "any"] + [export.namespace].compactMap(\.self)
        + export.modules).joined(separator: " ")
    }
    #expect(found == line.exports)
    #expect(surface.faults.isEmpty)
  }

  @Test(arguments: [
    "/* EXPORT_SYMBOL(a); */", "// EXPORT_SYMBOL(a);", "char *s = \"EXPORT_SYMBOL(a);\";",
    "#if 0\nEXPORT_SYMBOL(a);\n#endif", "#define E EXPORT_SYMBOL(a)", "", "\0\0\0",
    "void f(void)\n{\n\treturn;\n",
  ])
  func nothingIsExported(_ text: String) {
    #expect(Surface(path: "lib/a.c", text: text).exports.isEmpty)
  }

  @Test(arguments: [
    "EXPORT_SYMBOL();\nEXPORT_SYMBOL(b);", "EXPORT_SYMBOL(1);\nEXPORT_SYMBOL(b);",
    "EXPORT_SYMBOL(a + 1);\nEXPORT_SYMBOL(b);",
  ])
  func anExportOfNothingIsNamedAndTheNextOneIsRead(_ text: String) {
    let surface = Surface(path: "lib/a.c", text: text)
    #expect(surface.exports.map(\.symbol) == ["b"])
    #expect(surface.faults.map(\.line) == [1])
    #expect(surface.faults.first?.message == "EXPORT_SYMBOL() names no symbol: passed over")
  }

  @Test(arguments: [
    "#endif\nEXPORT_SYMBOL(a);\n", "#if X\nEXPORT_SYMBOL(a);\n",
    "#else\n#elif Y\nEXPORT_SYMBOL(a);",
    "}\n}\nEXPORT_SYMBOL(a);",
    "int f(void) {\n#if X\n{\n#else\n{\n#endif\n}\n}\nEXPORT_SYMBOL(a);\n",
  ])
  func unbalancedTextLosesNoExport(_ text: String) {
    #expect(Surface(path: "lib/a.c", text: text).exports.map(\.symbol) == ["a"])
  }

  @Test func conditionsAreKept() {
    let text =
      "#ifdef CONFIG_A\n#if B\nEXPORT_SYMBOL(a);\n#endif\n#else\nEXPORT_SYMBOL(b);\n#endif\n"
    let exports = Surface(path: "lib/a.c", text: text).exports
    #expect(exports.map(\.condition) == [["defined(CONFIG_A)", "B"], ["!(defined(CONFIG_A))"]])
  }

  @Test func aMacroThatCallsItselfEnds() {
    let text = "#define A(x) B(x) B(x)\n#define B(x) A(x) EXPORT_SYMBOL(x)\nA(a);\n"
    #expect(Surface(path: "lib/a.c", text: text).exports.allSatisfy { $0.symbol == "a" })
  }
}
