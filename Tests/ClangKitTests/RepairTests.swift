import CSyntax
import Testing

@testable import ClangKit

/// Names that the parser does not know are declared, and what is still wrong is not believed.
struct RepairTests {
  private func read(_ text: String) throws -> SyntaxUnit {
    let request = ParseRequest(
      path: "a.c", file: "/memory/a.c", text: Array(text.utf8),
      arguments: ["-x", "c", "-std=gnu11"],
      workingDirectory: "/")
    return try RepairedParse(request: request).read()
  }

  /// What is called inside the function `f`, in the order of the text.
  private func calls(in unit: SyntaxUnit) -> [String] {
    guard let f = unit.ownFunctions.first(where: { unit.strings[$0.name] == "f" }) else {
      return []
    }
    return f.expressions.compactMap { index -> String? in
      guard case .call(let callee, _) = unit.form(of: ExpressionID(Int32(index))),
        case .function(let name) = unit.form(of: callee)
      else { return nil }
      return unit.strings[name]
    }
  }

  static let repaired: [(String, String)] = [
    ("a value", "void f(int x) { take(); if (x == SOME_MODE) drop(); }"),
    (
      "a case",
      "void f(int x) { take(); switch (x) { case ONE: drop(); break; case TWO: drop(); } }"
    ),
    ("a flag", "void f(int x) { take(); x |= SOME_FLAG; drop(); }"),
    ("a type", "void f(some_t *p) { some_t x = 1; take(); if (x) drop(); }"),
    ("a type in front", "static some_t f(some_t x) { take(); drop(); return x; }"),
    ("an attribute", "static int __wary f(int x) { take(); drop(); return x; }"),
    ("an attribute in front", "__wary static int f(int x) { take(); drop(); return x; }"),
    ("an attribute before a type", "static __wary int f(int x) { take(); drop(); return x; }"),
    ("an attribute behind", "static int f(int x) __wary\n{ take(); drop(); return x; }"),
    ("one with arguments", "static int f(int x) __guards(x)\n{ take(); drop(); return x; }"),
    (
      "one in front with arguments", "static int __guards(x) f(int x) { take(); drop(); return x; }"
    ),
    (
      "a macro without semicolon",
      "DECLARES_IT(x)\nstatic int f(int x) { take(); drop(); return x; }"
    ),
    ("a loop", "void f(int x) { take(); for_each_thing(x) { drop(); } drop(); }"),
    (
      "a loop over a member",
      "void f(int *x, int *h) { take(); for_each_of(x, h, some_member) drop(); drop(); }"
    ),
    ("two loops", "void f(int x) { int *y; for_each_a(x) for_each_b(y, x) { take(); } drop(); }"),
    ("a call", "int f(int x) { int *p = make_thing(x); take(); drop(); return !p; }"),
  ]

  @Test(arguments: repaired)
  func knowsEnoughAfterwards(what: String, text: String) throws {
    let unit = try read("void take(void);\nvoid drop(void);\n" + text)
    let function = try #require(unit.ownFunctions.first { unit.strings[$0.name] == "f" })
    #expect(function.distrust == nil)
    // The file is not called parsed for that.
    #expect(!unit.diagnostics.isEmpty)
    let names = calls(in: unit)
    #expect(names.contains("take") && names.contains("drop"))
    #expect(names.filter { $0 == "drop" }.count == text.components(separatedBy: "drop()").count - 1)
    #expect(!unit.includes.contains(Prelude.path))
  }

  static let beyondRepair: [(String, String)] = [
    ("a member", "struct s { int a; }; void f(struct s *p) { take(); if (p->b) drop(); }"),
    ("a structure", "void f(struct none *p) { take(); if (p->b) drop(); }"),
    ("a bracket", "void f(int x) { take(); if (x drop(); }"),
    ("a call that may lock", "void f(int x) { take(); thing_unlock(x); }"),
    ("a type as an argument", "void f(int x) { take(); x = LOOK_UP(struct none, x); drop(); }"),
  ]

  @Test(arguments: beyondRepair)
  func isNotBelieved(what: String, text: String) throws {
    let unit = try read("void take(void);\nvoid drop(void);\nint good(void) { return 1; }\n" + text)
    let good = try #require(unit.ownFunctions.first)
    #expect(good.distrust == nil)
    let function = unit.ownFunctions.first { unit.strings[$0.name] == "f" }
    #expect(function == nil || function?.distrust != nil)
  }

  @Test func aSoundFileIsParsedOnce() throws {
    let unit = try read("int f(void) { return 1; }\n")
    #expect(unit.diagnostics.isEmpty && unit.functions.count == 1)
  }

  @Test func aLoopMayWriteWhatItWalksWith() throws {
    let unit = try read(
      "int g(int *);\nvoid f(int n) { int *p = 0; for_each_thing(p, n) { g(p); } }")
    let addresses = unit.expressions.filter { $0.kind == .unary && $0.op == .addressOf }
    #expect(addresses.count == 1 || addresses.count == 2)
  }
}
