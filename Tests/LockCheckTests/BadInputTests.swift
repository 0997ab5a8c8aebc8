import BuiltinRules
import CSyntax
import Findings
import Foundation
import Testing

@testable import ClangKit
@testable import LockCheck

/// Functions that no one would write: each comes to an end by the count of its steps, is named in the
/// coverage where it was given up, and takes nothing else of its file along.
@Suite(.timeLimit(.minutes(10)))
struct BadInputTests {
  /// What stands below each of them, with a bug.
  private static let planted = """

    struct plant { spinlock_t lock; int wilted; };

    int planted(struct plant *p)
    {
    \tspin_lock(&p->lock);
    \tif (p->wilted)
    \t\treturn -1;
    \tspin_unlock(&p->lock);
    \treturn 0;
    }

    """

  private static let head = """
    #include "locks.h"

    struct part { spinlock_t lock; spinlock_t all[2000]; int v[20000]; struct part *next; };

    """

  /// The parse on a stack as the parser's own process has it.
  private func unit(_ text: String) throws -> SyntaxUnit {
    let folder = FixtureTests.folder
    let request = ParseRequest(
      path: "bad.c", file: folder.appendingPathComponent("bad.c").path, text: Array(text.utf8),
      arguments: ["-x", "c", "-std=gnu11", "-I", folder.path + "/include"],
      workingDirectory: folder.path, known: LockCheck(rules: .builtin).knownFunctions)
    // As there, the parse must not move to a thread of libclang's own.
    setenv("LIBCLANG_NOTHREADS", "1", 1)
    let box = Box()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      box.unit = Result { try RepairedParse(request: request).read() }
      done.signal()
    }
    thread.stackSize = 1 << 30
    thread.start()
    done.wait()
    return try #require(box.unit).get()
  }

  private final class Box: @unchecked Sendable {
    var unit: Result<SyntaxUnit, any Error>?
  }

  /// What is found in `planted()`, in the others, and which functions were given up, and why.
  private func review(
    _ body: String
  ) throws -> (planted: [FindingType], others: [FindingType], unanalysed: [String: String]) {
    let text = Self.head + body + Self.planted
    let unit = try unit(text)
    let verdict = LockCheck(rules: .builtin).review(
      FileVersion(path: "bad.c", text: text, unit: unit))
    let isPlanted = Dictionary(grouping: verdict.findings) { $0.function == "planted" }
    var reasons: [String: String] = [:]
    for gap in verdict.unanalysed { reasons[gap.function] = gap.reason }
    // What the parse itself distrusts goes into the coverage too.
    for function in unit.ownFunctions {
      if let reason = function.distrust { reasons[unit.strings[function.name]] = reason }
    }
    return (
      isPlanted[true, default: []].map(\.type), isPlanted[false, default: []].map(\.type), reasons
    )
  }

  private func locked(_ lines: String) -> String {
    """
    int deep(struct part *p, int x)
    {
    \tspin_lock(&p->lock);
    \(lines)
    \tspin_unlock(&p->lock);
    \treturn x;
    }

    """
  }

  private func lines(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map(line).joined(separator: "\n")
  }

  // MARK: Branches

  @Test func tenThousandBranchesThatLeaveNothingBehind() throws {
    let found = try review(locked(lines(10_000) { "\tif (p->v[\($0)])\n\t\tx++;" }))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.others.isEmpty)
    #expect(found.unanalysed.isEmpty)
  }

  @Test(arguments: ["if (x == NUMBER)\n\tx = NUMBER;", "if (p->v[NUMBER])\n\treturn NUMBER;"])
  func tenThousandBranchesThatAreAllKeptInMind(branch: String) throws {
    let found = try review(
      locked(lines(10_000) { branch.replacingOccurrences(of: "NUMBER", with: String($0)) }))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.others.isEmpty)
    #expect(found.unanalysed == ["deep": "too many paths to follow"])
  }

  @Test func tenThousandCases() throws {
    let cases = lines(10_000) { "\tcase \($0):\n\t\tp->v[0] = \($0);\n\t\tbreak;" }
    let found = try review(locked("\tswitch (x) {\n" + cases + "\n\t}"))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.unanalysed == ["deep": "too many paths to follow"])
  }

  @Test func aChainOfTenThousandElses() throws {
    let chain = lines(10_000) { "\telse if (x == \($0))\n\t\tp->v[0] = \($0);" }
    let found = try review(locked("\tif (x < 0)\n\t\tx = 0;\n" + chain))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.unanalysed == ["deep": "a statement that is not understood"])
  }

  @Test func threeThousandBlocksInEachOther() throws {
    let found = try review(
      locked(lines(3000) { "\tif (p->v[\($0)]) {" } + "\nx++;\n" + lines(3000) { _ in "\t}" }))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.unanalysed == ["deep": "a statement that is not understood"])
  }

  // MARK: Expressions

  @Test(arguments: ["+", "||"]) func anExpressionThatNestsTooDeeply(word: String) throws {
    let sum = (0..<4000).map { "p->v[\($0)]" }.joined(separator: " \(word)\n")
    let found = try review(locked("\tx = " + sum + ";"))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.unanalysed == ["deep": "an expression that nests too deeply"])
  }

  /// Written out in full the last value has more parts than there are atoms.
  @Test func valuesThatDoubleWithEachStep() throws {
    let found = try review(locked("\tint y = 1;\n" + lines(500) { _ in "\ty += x;\n\tx *= y;" }))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.others.isEmpty)
    #expect(found.unanalysed.isEmpty)
  }

  // MARK: Loops

  private func loops(_ inner: String) -> String {
    "int deep(struct part *p, int x)\n{\n" + lines(100) { "\tint i\($0);" }
      + lines(100) { "\tfor (i\($0) = 0; i\($0) < p->v[\($0)]; i\($0)++) {" } + "\n" + inner + "\n"
      + lines(100) { _ in "\t}" } + "\n\treturn x;\n}\n"
  }

  @Test func aHundredLoopsInEachOther() throws {
    let found = try review(loops("\tspin_lock(&p->lock);\n\tx++;\n\tspin_unlock(&p->lock);"))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.others.isEmpty)
    #expect(found.unanalysed == ["deep": "too many paths to follow"])
  }

  @Test func tenLoopsInEachOtherAreFollowed() throws {
    let text = loops("\tspin_lock(&p->lock);\n\tif (x)\n\t\tcontinue;\n\tspin_unlock(&p->lock);")
    let some = text.split(separator: "\n").filter { line in
      guard line.hasPrefix("\tfor (i"), let end = line.firstIndex(of: " ") else { return true }
      return line[end...].dropFirst(3).prefix { $0 != " " }.count == 1
    }
    var closing = 0
    let body = some.filter { line in
      if line == "\t}" { closing += 1 }
      return line != "\t}" || closing <= 10
    }.joined(separator: "\n")
    let found = try review(body + "\n")
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.others.contains(.lockLoopImbalance))
    #expect(found.unanalysed.isEmpty)
  }

  // MARK: Locks

  private func locks(_ lines: String...) -> String {
    "int deep(struct part *p, int x)\n{\n" + lines.joined(separator: "\n") + "\n\treturn x;\n}\n"
  }

  @Test func aThousandLocks() throws {
    let found = try review(
      locks(
        lines(1000) { "\tspin_lock(&p->all[\($0)]);" },
        lines(1000) { "\tspin_unlock(&p->all[\(999 - $0)]);" }))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.others.isEmpty)
    #expect(found.unanalysed.isEmpty)
  }

  @Test func aThousandLocksAndAWayOutAfterEach() throws {
    let found = try review(
      locks(lines(1000) { "\tspin_lock(&p->all[\($0)]);\n\tif (p->v[\($0)])\n\t\treturn 1;" }))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.unanalysed == ["deep": "too many paths to follow"])
  }

  @Test func aLockOfEachOfAThousandObjectsInAChain() throws {
    let found = try review(locks(lines(800) { _ in "\tspin_lock(&p->lock);\n\tp = p->next;" }))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(!found.others.isEmpty)
  }

  // MARK: Calls

  @Test func wrappersThatCallEachOther() throws {
    let heads = lines(100) { "int w\($0)(struct part *p, int x);" }
    let bodies = lines(100) { number in
      """
      int w\(number)(struct part *p, int x)
      {
      \tif (x)
      \t\tspin_lock(&p->lock);
      \telse
      \t\tw\((number * 7 + 1) % 100)(p, x + 1);
      \tif (x > \(number))
      \t\tw\((number * 3 + 2) % 100)(p, x - 1);
      \tif (x)
      \t\tspin_unlock(&p->lock);
      \treturn x;
      }
      """
    }
    let found = try review(heads + "\n" + bodies + "\n")
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.others.isEmpty)
  }

  /// Deeper than the program follows calls: what lies beyond is not known, and is no finding.
  @Test func threeHundredWrappersInEachOther() throws {
    let heads = lines(301) { "void w\($0)(struct part *p);" }
    let bodies = lines(300) { "void w\($0)(struct part *p)\n{\n\tw\($0 + 1)(p);\n}" }
    let last = "\nvoid w300(struct part *p)\n{\n\tspin_lock(&p->lock);\n}\n"
    let found = try review(heads + "\n" + bodies + last)
    #expect(found.planted == [.lockHeldAtReturn])
  }

  // MARK: Half a parse

  private static let halves = [
    "\tif (p->v[0]) {\n\t\treturn 1;", "\tsay(\"unended);", "\tmiracle_t m = x;\n\tm(p->nothing);",
    "\t@ ) ( ;;; else if while", "\tunknown_for_each(y, p) {\n\t\tif (y->z)\n\t\t\treturn 1;\n\t}",
  ]

  @Test(arguments: halves) func aFunctionThatCannotBeRead(line: String) throws {
    let found = try review(locked(line))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.others.isEmpty)
    #expect(found.unanalysed["deep"] != nil)
  }

  @Test func twoFunctionsThatLackABrace() throws {
    let open = locked("\twhile (x) {\n\t\tx--;")
    let found = try review(open + open.replacingOccurrences(of: "deep", with: "deeper"))
    #expect(found.planted == [.lockHeldAtReturn])
    #expect(found.others.isEmpty)
    #expect(Set(found.unanalysed.keys) == ["deep", "deeper"])
  }
}
