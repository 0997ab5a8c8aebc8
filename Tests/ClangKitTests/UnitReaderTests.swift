import CSyntax
import Testing

@testable import ClangKit

/// Parses C text in this process.
func parse(_ text: String, known: [String] = []) throws -> SyntaxUnit {
  let request = ParseRequest(
    path: "a.c", file: "/memory/a.c", text: Array(text.utf8), arguments: ["-x", "c", "-std=gnu11"],
    workingDirectory: "/", known: known)
  return UnitReader(try TranslationUnit(request)).read()
}

struct UnitReaderTests {
  @Test func readsFunctionsAndTheirPlaces() throws {
    let unit = try parse(
      "int one(void)\n{\n\treturn 1;\n}\nstatic void two(int *p) { *p = one(); }\n")
    #expect(unit.ownFunctions.map { unit.strings[$0.name] } == ["one", "two"])
    #expect(unit.functions[0].start == Place(line: 1, column: 1))
    #expect(unit.functions[0].end.line == 4)
    #expect(unit.functions[1].isStatic)
    #expect(unit.functions[1].parameters.count == 1)
  }

  @Test func assemblyStoresInTheVariablesItWrites() throws {
    let unit = try parse(
      """
      int f(int *p, int x)
      {
        int old = x, in = 3;
        asm volatile("xchg %0, %1 : \\"a\\"" : "+r" (old), [m] "+m" (*p) : "r" (in) : "memory");
        return old;
      }
      """)
    let stores = unit.expressions.filter { $0.kind == .assign }
    #expect(stores.count == 1)
    let written = unit.expressions[Int(stores[0].a)]
    #expect(unit.strings[StringID(unit.variables[Int(written.a)].name)] == "old")
    #expect(unit.expressions[Int(stores[0].b)].kind == .opaque)
  }

  @Test(
    arguments: [
      ("for (;;) x++;", [false, false, false]),
      ("for (x = 0;;) x++;", [true, false, false]),
      ("for (; x;) x++;", [false, true, false]),
      ("for (;; x++) x--;", [false, false, true]),
      ("for (x = 0; x < 3;) x++;", [true, true, false]),
      ("for (x = 0;; x++) x--;", [true, false, true]),
      ("for (; x < 3; x++) x--;", [false, true, true]),
      ("for (char *s = \";(\"; *s; s++) x++;", [true, true, true]),
    ])
  func tellsTheAbsentPartsOfFor(loop: String, present: [Bool]) throws {
    let unit = try parse("void f(int x) { \(loop) }")
    let loops = unit.statements.filter { $0.kind == .for }
    #expect(loops.count == 1)
    #expect([loops[0].a >= 0, loops[0].b >= 0, loops[0].c >= 0] == present)
  }

  @Test func namesTheMacroOfACall() throws {
    let unit = try parse(
      "void low(int);\n#define high(x) low((x) + 1)\nvoid f(void) { high(2); low(3); }")
    let calls = unit.expressions.filter { $0.kind == .call }
    #expect(calls.map { $0.macro >= 0 ? unit.strings[StringID($0.macro)] : "" } == ["high", ""])
  }

  @Test func readsCleanups() throws {
    let unit = try parse(
      "static void drop(int *p) { *p = 0; }\n"
        + "void f(void) { int v __attribute__((cleanup(drop))) = 1; }")
    let variable = try #require(unit.variables.first { unit.strings[StringID($0.name)] == "v" })
    #expect(unit.strings[StringID(variable.cleanup)] == "drop")
    #expect(variable.initializer >= 0)
  }

  @Test func distrustsOnlyTheFunctionWithTheError() throws {
    let unit = try parse("int good(void) { return 1; }\nint bad(void) { return nothing; }\n")
    #expect(unit.functions[0].distrust == nil)
    #expect(unit.functions[1].distrust?.contains("nothing") == true)
  }

  @Test func readsSparseAnnotations() throws {
    let unit = try parse(
      "struct s { int lock; };\n#define __acquires(x)\n"
        + "void f(struct s *s)\n\t__acquires(&s->lock)\n{ }\n")
    #expect(unit.functions[0].annotations == ["__acquires(&s->lock)"])
  }

  @Test func readsElvisChooseAndCaseRanges() throws {
    let unit = try parse(
      "int g(int); int f(int a) { switch (a) { case 1 ... 3: return g(a) ?: 7; default: break; }\n"
        + "return __builtin_choose_expr(1, g(1), g(2)); }")
    let label = try #require(unit.statements.first { $0.kind == .case })
    #expect(label.low == 1 && label.high == 3)
    #expect(unit.expressions.contains { $0.kind == .conditional && $0.b < 0 })
    #expect(unit.expressions.filter { $0.kind == .call }.count == 2)
  }

  @Test func listsWhatTheConditionLeavesOut() throws {
    let unit = try parse("#ifdef NO\nint a;\nint b;\n#else\nint c;\n#endif\n")
    #expect(unit.inactive == [2...3])
  }

  @Test func survivesItsOwnEncoding() throws {
    let unit = try parse(
      "struct o { int (*go)(int); };\nstatic int run(int a) { return a ? run(a - 1) : 0; }\n"
        + "struct o ops = { .go = run };\nint bad(void) { return nothing; }\n#if 0\nx\n#endif\n")
    #expect(unit.operations == ["go": ["run"]])
    #expect(unit.ownOperations == ["go": ["run"]])
    #expect(try SyntaxUnit(encoded: unit.encoded()) == unit)
  }

  @Test func refusesTornBytes() throws {
    let bytes = try parse("int f(int a) { return a; }").encoded()
    for length in stride(from: 0, to: bytes.count - 1, by: 7) {
      #expect(throws: ByteError.self) { try SyntaxUnit(encoded: Array(bytes[..<length])) }
    }
  }
}
