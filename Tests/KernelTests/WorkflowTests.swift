import Findings
import Foundation
import ProgramUnderTest
import Testing

/// The example series on the real kernel, the ways that people hand it over: each says what the
/// range says.
@Suite(.enabled(if: KernelClone.source != nil, KernelClone.hint), .serialized)
struct WorkflowTests {
  private let series: FuseSeries
  init() async throws { series = try await FuseSeries() }

  /// What b4 and the hooks print of a finding: where it is and what it is.
  private func line(_ finding: Finding) -> String {
    let level = finding.severity == .error ? "ERROR" : "WARNING"
    return "\(finding.file):\(finding.line): \(level):\(finding.type.rawValue): \(finding.message)"
  }

  /// What counts of a patch, as b4 is told of it.
  private func lines(_ findings: [Finding], of patch: Int) -> [String] {
    ReviewResult(findings: findings).counted
      .filter { $0.patch == patch && $0.severity > .info }.map(line).sorted()
  }

  @Test func theRangeHasSomethingOfEveryCheck() async throws {
    let findings = try await series.findings([series.range])
    for area in Area.allCases { #expect(findings.contains { $0.type.area == area }, "\(area)") }
    for (type, patch) in [
      (FindingType.duplicateFunction, 2), (.lockHeldAtReturn, 3), (.bisectBreak, 3),
    ] {
      #expect(findings.filter { $0.type == type }.map(\.patch) == [patch], "\(type)")
    }
  }

  @Test func mails() async throws {
    let range = try await series.findings([series.range])
    #expect(try await series.findings(["--mbox", series.mails()]) == range)
    let mbox = try await series.git("format-patch", "--stdout", series.range)
    #expect(
      try await series.findings(["--mbox", "-", "--base", series.base], input: mbox + "\n")
        == range)
  }

  // MARK: git

  @Test func prePush() async throws {
    let report = try await series.run(["check", series.range])
    let place = try await series.workTree(at: series.commits[3], branch: "push")
    let other = series.place("other.git")
    try await series.git("clone", "-q", "--bare", "--shared", series.clone.kernel, other)
    try await series.git("remote", "set-url", "origin", other)
    try await series.git("update-ref", "refs/remotes/origin/main", series.base)
    #expect(try await series.run(["hook", "install", "pre-push"], in: place).status == 0)
    let push = try await series.run(
      program: "git", ["push", "-q", "origin", "push"], in: place)
    #expect(report.status == 1 && push.status != 0)
    #expect((push.output + push.error).contains(report.output), "\(push.error)")
  }

  /// Each commit made anew, under the hook.
  @Test func preCommit() async throws {
    let place = try await series.workTree(at: series.base, branch: "commit")
    #expect(try await series.run(["hook", "install", "pre-commit"], in: place).status == 0)
    for commit in series.commits {
      // What the commit alone brings in, without the series around it.
      let alone = try await series.findings([commit])
      try await series.git("read-tree", commit, in: place)
      let staged = try await series.findings(["--staged"], in: place)
      #expect(staged.map(Identity.init) == alone.map(Identity.init))
      let report = try await series.run(["check", "--staged"], in: place)
      let made = try await series.run(
        program: "git", ["commit", "-q", "-m", "again"], in: place)
      #expect(made.status == report.status, "\(made.error)")
      if made.status != 0 {
        #expect((made.output + made.error).contains(report.output), "\(made.error)")
        try await series.git("commit", "-q", "-m", "again", "--no-verify", in: place)
      }
    }
  }

  /// What makes a finding the same one; commit and number are not known before a commit is made.
  private struct Identity: Equatable {
    let type: FindingType
    let function: String?
    let line: Int
    let fingerprint: String

    init(_ finding: Finding) {
      (type, function) = (finding.type, finding.function)
      (line, fingerprint) = (finding.line, finding.fingerprint)
    }
  }

  @Test(.enabled(if: Tools.hasSendEmail)) func sendEmail() async throws {
    let report = try await series.run(["check", series.range])
    let place = try await series.workTree(at: series.base, branch: "send")
    #expect(try await series.run(["hook", "install", "sendemail-validate"], in: place).status == 0)
    let send = try await series.run(
      program: "git",
      [
        "send-email", "--dry-run", "--force", "--from=a@example.com", "--to=b@example.com",
        "--confirm=never", "--suppress-cc=all", series.mails(),
      ], in: place)
    #expect(send.status != 0)
    #expect((send.output + send.error).contains(report.output), "\(send.error)")
  }

  // MARK: b4

  private func b4(_ words: String..., in place: String) async throws -> String {
    let b4 = try #require(Tools.python("b4"))
    let outcome = try await series.run(program: b4, ["--offline-mode"] + words, in: place)
    return outcome.output + outcome.error
  }

  private func configure(_ place: String) async throws {
    for key in ["prep", "am"] {
      try await series.git(
        "config", "b4.\(key)-perpatch-check-cmd", "\(ProgramUnderTest.path) adapter b4-classic",
        in: place)
    }
    try await series.git("config", "user.name", "A U Thor", in: place)
    try await series.git("config", "user.email", "committer@example.com", in: place)
  }

  /// The complaints that b4 lists, in an order of their own.
  private func complaints(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      line.firstRange(of: "fs/fuse/").map { String(line[$0.lowerBound...]) }
    }.sorted()
  }

  @Test(.enabled(if: Tools.python("b4") != nil)) func prepOfTheRealB4() async throws {
    let place = try await series.workTree(at: series.base, branch: "prep")
    try await configure(place)
    _ = try await b4("prep", "-n", "fuse", "-f", series.base, in: place)
    for commit in series.commits { try await series.git("cherry-pick", commit, in: place) }
    let text = try await b4("prep", "--check", in: place)
    let range = try await series.findings([series.range])
    let expected = (1...4).flatMap { lines(range, of: $0) }
    #expect(expected.count >= 2)
    #expect(complaints(text) == expected.sorted(), "\(text)")
    #expect(!text.contains("not analysed") && !text.contains("not reviewed"), "\(text)")
  }

  /// `b4 am` asks about each patch when those after it are not known yet.
  @Test(.enabled(if: Tools.python("b4") != nil)) func amOfTheRealB4() async throws {
    let place = try await series.workTree(at: series.base, branch: "am")
    try await configure(place)
    let mbox = try await series.git(
      "format-patch", "--stdout", "--thread", "--cover-letter", "--from=A <a@example.com>",
      series.range)
    try Data((mbox + "\n").utf8).write(to: URL(filePath: series.place("series.mbox")))
    let text = try await b4(
      "am", "-m", series.place("series.mbox"), "--check", "--no-parent", "-o",
      series.place("am.out"), in: place)
    var expected: [String] = []
    for (index, commit) in series.commits.enumerated() {
      expected += lines(
        try await series.findings(["\(series.base)..\(commit)"]), of: index + 1)
    }
    #expect(expected.contains { $0.contains("ERROR:LOCK_HELD_AT_RETURN") })
    #expect(complaints(text) == expected.sorted(), "\(text)")
  }
}
