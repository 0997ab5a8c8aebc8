import Findings
import Foundation
import ProgramUnderTest
import Testing

/// Findings that were answered beforehand.
@Suite struct SuppressionTests {
  private let kernel: MiniatureKernel

  init() throws { kernel = try MiniatureKernel() }

  /// The leaky file with a comment above the return that leaks.
  private func leaky(_ comment: String) -> String {
    MiniatureKernel.leaky().replacing(
      "\t\treturn -EDQUOT;", with: "\(comment)\n\t\treturn -EDQUOT;")
  }

  private func check(_ words: String...) async throws -> (ReviewResult, Int32) {
    let outcome = try await ProgramUnderTest.run(
      ["check", "HEAD", "--only", "locks", "--format", "json"] + words, in: kernel.path,
      environment: ["XDG_CACHE_HOME": kernel.folder.path + "/cache"])
    return (try outcome.result(), outcome.status)
  }

  @Test(arguments: [
    "/* lockstep: ignore LOCK_HELD_AT_RETURN the caller drops it */",
    "// lockstep: ignore LOCK_HELD_AT_RETURN the caller drops it",
    "/* lockstep: ignore LOCK_HELD_AT_RETURN\n\t\t * the caller drops it\n\t\t */",
  ])
  func aCommentWithAReason(comment: String) async throws {
    try kernel.commit(["fs/brook/leaky.c": leaky(comment)])
    let (result, status) = try await check()
    #expect(status == 0 && result.findings.isEmpty)
    let entry = try #require(result.suppressed.first)
    #expect(entry.kind == .inSource && entry.reason == "the caller drops it")
    #expect(entry.finding.type == .lockHeldAtReturn)
    let text = try await kernel.run("check", "HEAD")
    #expect(text.output.contains("ignored by a comment: LOCK_HELD_AT_RETURN at fs/brook/leaky.c:"))
    let sarif = try await kernel.run("check", "HEAD", "--format", "sarif")
    #expect(sarif.output.contains(#""kind" : "inSource""#))
    #expect(sarif.output.contains(#""justification" : "the caller drops it""#))
  }

  @Test(arguments: [
    ("/* lockstep: ignore LOCK_HELD_AT_RETURN */", "is not ignored without a reason"),
    ("/* lockstep: ignore LOCK_NOT_HELD why */", "nothing of LOCK_NOT_HELD is found here any more"),
    ("/* lockstep: ignore LOCK_WHAT why */", "there is no finding type 'LOCK_WHAT'"),
  ])
  func whatIgnoresNothingIsSaid(comment: String, complaint: String) async throws {
    try kernel.commit(["fs/brook/leaky.c": leaky(comment)])
    let (result, status) = try await check()
    #expect(status == 1 && result.suppressed.isEmpty)
    #expect(result.findings.map(\.type) == [.lockHeldAtReturn])
    let note = try #require(result.notes.first { $0.message.contains(complaint) })
    #expect(note.message.hasPrefix("fs/brook/leaky.c:9: "))
  }

  @Test func aStringIsNoComment() async throws {
    let word = #""lockstep: ignore LOCK_HELD_AT_RETURN why""#
    let text = MiniatureKernel.leaky().replacing("quota_limit)", with: "quota_limit && \(word))")
    try kernel.commit(["fs/brook/leaky.c": text])
    #expect(try await check().1 == 1)
  }

  @Test func aBaselineAcceptsWhatItHas() async throws {
    try kernel.commit(["fs/brook/leaky.c": MiniatureKernel.leaky()])
    let file = kernel.folder.path + "/baseline.json"
    _ = try await kernel.run("check", "HEAD", "--only", "locks", "--format", "json", "-o", file)
    let (same, status) = try await check("--baseline", file)
    #expect(status == 0 && same.findings.isEmpty)
    #expect(same.suppressed.map(\.kind) == [.external])
    try kernel.commit(["fs/brook/other.c": MiniatureKernel.leaky("brook_other")])
    let (other, worse) = try await check("--baseline", file)
    #expect(worse == 1 && other.findings.map(\.function) == ["brook_other"])
    #expect(other.notes.contains { $0.message.hasPrefix("1 finding of the baseline") })
    let missing = try await kernel.run("check", "HEAD", "--baseline", "/nosuch")
    #expect(missing.status == 2 && missing.error.contains("make one with"))
  }
}
