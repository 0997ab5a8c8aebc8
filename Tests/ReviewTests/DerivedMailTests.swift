import DemoSeries
import DerivedMails
import Foundation
import GitKit
import Mail
import ProgramUnderTest
import Testing

@testable import Review

/// A thousand mailboxes made from a good one by cutting, swapping and coding anew.
///
/// Whatever is in them: nothing crashes or hangs, and lines that were not applied are never passed
/// over in silence.
@Suite struct DerivedMailTests {
  private static let seeds = 1000

  @Test func nothingIsLostInSilence() async throws {
    let folder = try TemporaryFolder()
    let place = folder.path + "/linux"
    let original = try await Self.mailbox(in: place)
    let reader = try SeriesReader(directory: place)
    let base = try reader.repository.resolve("HEAD~4").description
    let good = try Self.outcome(of: original, reader, base)
    #expect(good.lost == 0 && good.lines.count > 50)

    var applied = 0
    for seed in 0..<Self.seeds {
      var derivation = Derivation(original, seed: UInt64(seed))
      let bytes = derivation.next()
      guard let outcome = try? Self.outcome(of: bytes, reader, base) else { continue }
      if outcome.lost > 0 { continue }
      applied += 1
      let missing = good.lines.count - outcome.lines.count
      // The last line may have been cut short, but it was read.
      let isRead = outcome.lines == good.lines || derivation.cutsLine && missing == 0
      #expect(isRead, "seed \(seed): \(derivation.story) lost \(missing) lines")
    }
    // Most of the codings leave the series whole, so that silence is not had by refusing all.
    #expect(applied > 300, "\(applied)")
  }

  private struct Outcome {
    var lost: Int
    /// What was applied, in an order that swapped lines do not change.
    var lines: [String]
  }

  private static func outcome(of mbox: [UInt8], _ reader: SeriesReader, _ base: String) throws
    -> Outcome
  {
    let series = try reader.series(
      mails: Mailbox.messages(in: mbox, named: "test"), base: base)
    var lines: [String] = []
    for revision in series.revisions {
      for file in revision.delta.files {
        let old = try file.oldPath.flatMap { try revision.parent?.read($0) }
        let new = try file.newPath.flatMap { try revision.tree.read($0) }
        lines += changed(old, new, try LineChanges(from: old, to: new))
      }
    }
    return Outcome(lost: series.lost.count, lines: lines.sorted())
  }

  private static func changed(_ old: [UInt8]?, _ new: [UInt8]?, _ changes: LineChanges) -> [String]
  {
    func lines(_ bytes: [UInt8]?, _ ranges: [ClosedRange<Int>]) -> [String] {
      let all = String(decoding: bytes ?? [], as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
      return ranges.flatMap { range in range.map { String(all[$0 - 1]) } }
    }
    return lines(old, changes.deleted).map { "-" + $0 } + lines(new, changes.added).map { "+" + $0 }
  }

  /// The example series as `git format-patch --cover-letter` writes it.
  private static func mailbox(in place: String) async throws -> [UInt8] {
    let series = ExampleSeries.brook
    let repository = try ScratchRepository(creatingIn: place)
    for step in [series.base] + series.patches {
      try repository.commit(step.files.mapValues { Array($0.utf8) }, message: step.message)
    }
    let text = try await ProgramUnderTest.git(
      ["format-patch", "--stdout", "--cover-letter", "HEAD~4"], in: place)
    return Array((text + "\n").utf8)
  }
}
