import Testing

@testable import CSyntax

@Suite struct OutlineFunctionTests {
  @Test(arguments: [
    ("int plain(int a)\n{\n\treturn a;\n}\n", ["plain"]),
    ("static int a(void) { return 1; }\nstatic int b(void) { return 2; }\n", ["a", "b"]),
    ("SYSCALL_DEFINE2(spin, int, fd, char __user *, buf)\n{\n}\n", ["__do_sys_spin"]),
    ("COMPAT_SYSCALL_DEFINE1(spin, int, fd)\n{\n}\n", ["__do_compat_sys_spin"]),
    ("__printf(1, 2)\nint say(const char *f, ...)\n{\n}\n", ["say"]),
    ("static __printf(2, 3) void say(int l, const char *f, ...)\n{\n}\n", ["say"]),
    ("static int take(struct x *x)\n\t__acquires(&x->lock)\n{\n}\n", ["take"]),
    ("int __attribute__((weak)) maybe(void)\n{\n}\n", ["maybe"]),
    ("static struct thing *find(int key)\n{\n}\n", ["find"]),
    ("struct thing find(int key)\n{\n}\n", ["find"]),
    ("static void (*pick(int n))(int)\n{\n}\n", ["pick"]),
    ("int (shielded)(int a)\n{\n}\n", ["shielded"]),
    ("int old(a, b)\n\tint a;\n\tchar *b;\n{\n}\n", ["old"]),
    ("MODULE_LICENSE(\"GPL\")\nEXPORT_SYMBOL(x)\nint after(void)\n{\n}\n", ["after"]),
    ("CALLBACK(done)\n{\n}\n", ["done"]),
    ("struct s {\n\tint (*f)(int);\n};\nint g(void)\n{\n}\n", ["g"]),
    ("int t[] = {\n\t1, 2\n};\nint g(void)\n{\n}\n", ["g"]),
    ("enum e { A, B };\nunion u { int i; };\nint g(void)\n{\n}\n", ["g"]),
    ("struct __attribute__((packed)) s { int a; };\nint g(void)\n{\n}\n", ["g"]),
    ("#define LOOKS_LIKE(x) int x(void) {\nint g(void)\n{\n}\n", ["g"]),
    ("#if 0\nint gone(void)\n{\n#endif\nint g(void)\n{\n}\n", ["g"]),
    ("extern \"C\" {\nint g(void)\n{\n}\n}\n", ["g"]),
  ])
  func finds(text: String, names: [String]) {
    #expect(Outline(text).functions.map(\.name) == names)
  }

  @Test func knowsExtentsOfNamesAndBodies() throws {
    let outline = Outline(
      "/* c */\nstatic inline const char *\nname_of(struct a *a, int n)\n{\n\treturn a->s;\n}\n")
    let function = try #require(outline.functions.first)
    #expect(function.startLine == 2)
    #expect(function.nameLine == 3)
    #expect(function.endLine == 6)
    #expect(function.isStatic)
    #expect(function.isInline)
    #expect(function.returnType == "const char *")
    #expect(outline.source.text(function.parameters) == "struct a *a, int n")
    #expect(outline.source.text(function.body) == "return a->s;")
  }

  @Test func keepsAttributesApart() throws {
    let outline = Outline("static __must_check int __init go(void)\n\t__acquires(&l)\n{\n}\n")
    let function = try #require(outline.functions.first)
    #expect(function.attributes == ["__must_check", "__init", "__acquires(&l)"])
    #expect(function.returnType == "int")
  }

  @Test func bothBranchesMayOpenTheBody() {
    let text = """
      #ifdef WIDE
      int pick(int a, int b)
      {
      #else
      int pick_narrow(int a)
      {
      #endif
      \treturn a;
      }
      int after(void)
      {
      }

      """
    let functions = Outline(text).functions
    #expect(functions.map(\.name) == ["pick", "pick_narrow", "after"])
    #expect(functions.map(\.endLine) == [9, 9, 12])
  }

  @Test func branchesMayDifferInTheHeadOnly() {
    let text = """
      #ifdef WIDE
      static int pick(int a, int b)
      #else
      static int pick(int a)
      #endif
      {
      \treturn a;
      }
      int after(void)
      {
      }

      """
    #expect(Outline(text).functions.map(\.name) == ["pick", "after"])
  }

  @Test func bracesMayOpenAndCloseUnderAConditionOfTheirOwn() {
    let text = """
      int f(int a)
      {
      #ifdef X
      \tif (a) {
      #endif
      \t\ta++;
      #ifdef X
      \t}
      #endif
      #ifdef Y
      \tif (a) {
      #else
      \tif (!a) {
      #endif
      \t\ta--;
      \t}
      \treturn a;
      }
      int g(void)
      {
      }

      """
    let functions = Outline(text).functions
    #expect(functions.map(\.name) == ["f", "g"])
    #expect(functions.map(\.endLine) == [18, 21])
  }

  @Test func aLostBraceCostsOneFunctionOnly() {
    let text = """
      int f(int a)
      {
      \tif (a) {
      \treturn a;
      }
      int g(void)
      {
      }

      """
    let functions = Outline(text).functions
    #expect(functions.map(\.name) == ["f", "g"])
    #expect(functions.map(\.endLine) == [5, 8])
  }

  @Test func conditionsStackUp() throws {
    let text = """
      #ifndef GUARD_H
      #define GUARD_H
      #ifdef A
      #if B > 1
      int f(void) { }
      #elif C
      int g(void) { }
      #else
      int h(void) { }
      #endif
      #endif
      int i(void) { }
      #endif

      """
    let outline = Outline(text)
    #expect(
      outline.functions.map { outline.conditionStack($0.condition) } == [
        ["defined(A)", "B > 1"], ["defined(A)", "!(B > 1) && C"],
        ["defined(A)", "!(B > 1) && !(C)"], [],
      ])
  }

  @Test(arguments: [
    "int f(void) {", "int f(", "{{{{", "#if A\n{", "}}}", "int f(void) { /*", "#else",
  ])
  func unfinishedTextEnds(text: String) {
    #expect(Outline(text).functions.isEmpty)
  }

  @Test func deepNestingIsQuick() {
    let deep = String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000)
    let outline = Outline(
      "int f(void)\n{\n\treturn \(deep);\n}\n" + String(repeating: "(", count: 2000))
    #expect(outline.functions.map(\.name) == ["f"])
  }

  @Test(arguments: ["(", "{", "[", "a(", "f() {", "= {", "#if A\n", "#else\n", "#if A\n}\n"])
  func ahundredThousandStrayBracketsAreQuick(piece: String) {
    let outline = Outline(String(repeating: piece, count: 100_000))
    #expect(outline.functions.isEmpty)
  }
}
