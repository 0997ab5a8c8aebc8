import DemoSeries
import DerivedMails
import Findings
import Foundation
import GitKit
import ProgramUnderTest
import Testing

/// A thousand mailboxes made from a good one by cutting, swapping and coding anew, each reviewed by
/// the program.
///
/// Among the tests on the kernel since those have the optimised program.
@Suite(.enabled(if: KernelClone.source != nil, KernelClone.hint)) struct DerivedMailTests {
  private static let seeds: UInt64 = 1000
  /// Seconds after which a review that takes a tenth of a second hangs.
  private static let patience = "60"

  private let folder: TemporaryFolder
  private let tree: String
  private let base: String
  private let mbox: [UInt8]

  init() async throws {
    folder = try TemporaryFolder()
    tree = folder.path + "/linux"
    let repository = try ScratchRepository(creatingIn: tree)
    let series = ExampleSeries.brook
    for step in [series.base] + series.patches {
      try repository.commit(step.files.mapValues { Array($0.utf8) }, message: step.message)
    }
    base = try await ProgramUnderTest.git(["rev-parse", "HEAD~4"], in: tree)
    let text = try await ProgramUnderTest.git(
      ["format-patch", "--stdout", "--cover-letter", "HEAD~4"], in: tree)
    mbox = Array((text + "\n").utf8)
  }

  /// What a run of the program says of a mailbox.
  private struct Verdict: Sendable {
    let status: Int32
    let error: String
    /// Nil where nothing was reviewed.
    let result: ReviewResult?

    /// Which file of which patch was read.
    var files: [String] { entries.map(\.file).sorted() }
    /// The same with how many of its functions were.
    var read: [String] { entries.map { "\($0.file) \($0.functions)" }.sorted() }

    private var entries: [(file: String, functions: String)] {
      (result?.coverage ?? []).map { entry in
        let patch = result?.range.commits.first { $0.oid == entry.commit }?.patch ?? 0
        return ("\(patch) \(entry.file)", "\(entry.analysed) of \(entry.touched)")
      }
    }
    var findings: [String] {
      (result?.findings ?? []).map {
        "\($0.patch ?? 0) \($0.type.rawValue) \($0.file):\($0.line) \($0.fingerprint)"
      }.sorted()
    }
  }

  private func review(_ bytes: [UInt8], named name: String) async throws -> Verdict {
    let file = folder.path + "/\(name).mbox"
    try Data(bytes).write(to: URL(filePath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let outcome = try await ProgramUnderTest.run(
      program: "timeout",
      [
        Self.patience, ProgramUnderTest.path, "check", "--mbox", file, "--base", base, "--format",
        "json",
      ], in: tree, environment: ["XDG_CACHE_HOME": folder.path + "/cache"])
    return Verdict(
      status: outcome.status, error: outcome.error,
      result: try? JSONDecoder().decode(ReviewResult.self, from: Data(outcome.output.utf8)))
  }

  @Test func noneCrashesHangsOrIsCleanUnread() async throws {
    let good = try await review(mbox, named: "good")
    #expect(good.status == 1 && good.read.count > 4, "\(good.error)")
    var statuses: [Int32: Int] = [:]
    try await withThrowingTaskGroup(of: Int32.self) { group in
      var next: UInt64 = 0
      func add() {
        let seed = next
        next += 1
        group.addTask { try await check(seed, against: good) }
      }
      while next < 2 { add() }
      while let status = try await group.next() {
        statuses[status, default: 0] += 1
        if next < Self.seeds { add() }
      }
    }
    print("derived mails by exit status: \(statuses.sorted { $0.key < $1.key })")
    // Most of the codings leave the series whole, so that no crash is not had by refusing all.
    #expect(statuses[1, default: 0] > 300)
  }

  /// Reviews one; gives its exit status.
  private func check(_ seed: UInt64, against good: Verdict) async throws -> Int32 {
    var derivation = Derivation(mbox, seed: seed)
    let verdict = try await review(derivation.next(), named: "\(seed)")
    let story = Comment(rawValue: "seed \(seed): \(derivation.story): \(verdict.error)")
    switch verdict.status {
    case 0, 1:
      if let result = verdict.result {
        // Findings win over what was not read, which is named all the same.
        if result.isIncomplete {
          #expect(verdict.status == 1, story)
        } else {
          #expect(verdict.files == good.files, story)
          // A line in another place or cut in two makes other functions and findings.
          if !derivation.cutsLine && !derivation.swapsLines {
            #expect(verdict.read == good.read, story)
            #expect(verdict.findings == good.findings, story)
          }
        }
      } else {
        Issue.record(story)
      }
    case 2: #expect(verdict.error.hasPrefix("lockstep: "), story)
    case 3: #expect(verdict.result?.isIncomplete == true, story)
    default: Issue.record(story)
    }
    return verdict.status
  }
}
