import BuiltinRules
import CSyntax
import Findings
import Foundation
import Testing

@testable import ClangKit
@testable import LockCheck

/// Files that the rules except are not judged, and never pass for clean.
struct UnjudgedFileTests {
  private static let text = """
    #include "locks.h"

    struct part { spinlock_t lock; };

    void part_fill(struct part *p)
    {
    \tspin_lock(&p->lock);
    }

    """

  private func verdict(_ path: String) throws -> (findings: [Finding], reasons: [String]) {
    let check = LockCheck(rules: .builtin)
    let folder = FixtureTests.folder
    let request = ParseRequest(
      path: path, file: folder.appendingPathComponent(path).path, text: Array(Self.text.utf8),
      arguments: ["-x", "c", "-std=gnu11", "-I", folder.path + "/include"],
      workingDirectory: folder.path, known: check.knownFunctions)
    let unit = UnitReader(try TranslationUnit(request)).read()
    let verdict = check.review(FileVersion(path: path, text: Self.text, unit: unit))
    return (verdict.findings, verdict.unanalysed.map { "\($0.function): \($0.reason)" })
  }

  @Test func aTestOfLocksIsNotJudgedAndNamed() throws {
    let excepted = try verdict("lib/locking-selftest.c")
    #expect(excepted.findings.isEmpty)
    #expect(
      excepted.reasons == [
        "part_fill: the rules except this file: it breaks them on purpose"
      ])
  }

  @Test func anyOtherFileIsJudged() throws {
    let judged = try verdict("lib/part.c")
    #expect(judged.findings.map(\.type) == [.lockHeldAtReturn])
    #expect(judged.reasons.isEmpty)
  }
}
