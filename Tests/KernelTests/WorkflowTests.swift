import Findings
import Foundation
import ProgramUnderTest
import Testing

/// The example series on the real kernel, the ways that people hand it over.
@Suite(.enabled(if: KernelClone.source != nil, KernelClone.hint)) struct WorkflowTests {
  private func result(_ outcome: ProgramUnderTest.Outcome) throws -> ReviewResult {
    try JSONDecoder().decode(ReviewResult.self, from: Data(outcome.output.utf8))
  }

  /// The range, its mails and a hook say the same.
  @Test func mailsAndHooksSayWhatTheRangeSays() async throws {
    let clone = try await KernelClone()
    let tip = try await FuseBranches(clone: clone).duplicate()
    let options = ["--config-from", clone.kernel, "--format", "json"]
    let range = try await ProgramUnderTest.run(
      ["check", "\(clone.base)..\(tip)"] + options, in: clone.path)
    let mbox = try await ProgramUnderTest.git(
      ["format-patch", "--stdout", "--base", clone.base, "\(clone.base)..\(tip)"], in: clone.path)
    let mails = try await ProgramUnderTest.run(
      ["check", "--mbox", "-"] + options, in: clone.path, input: mbox + "\n")
    #expect(range.status == 1 && mails.status == 1, "\(mails.error)")
    #expect(try result(range).findings == result(mails).findings)
    #expect(try result(range).findings.contains { $0.type == .duplicateFunction })

    let zero = String(repeating: "0", count: 40)
    try await ProgramUnderTest.git(
      ["update-ref", "refs/remotes/origin/main", clone.base], in: clone.path)
    let push = try await ProgramUnderTest.run(
      ["hook", "run", "pre-push", "origin", "nowhere"], in: clone.path,
      input: "refs/heads/x \(tip) refs/heads/x \(zero)\n")
    #expect(push.status == 1 && push.output.contains("DUPLICATE_FUNCTION"), "\(push.error)")
  }
}
