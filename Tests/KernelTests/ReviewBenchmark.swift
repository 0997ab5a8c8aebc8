import Foundation
import ProgramUnderTest
import Testing

/// Measures the review of the two-commit *duplicate* branch beside a bare parse of what it parses.
///
/// `make bench` runs it and prints the figures, with the peak memory.
@Suite(
  .enabled(if: BareParse.program != nil && KernelClone.source != nil, "type make bench"))
struct ReviewBenchmark {
  private static let rounds = 5

  @Test func twoCommitsOfFuse() async throws {
    let branches = FuseBranches(clone: try await KernelClone())
    let clone = branches.clone
    let (export, duplicate) = (try await branches.export(), try await branches.duplicate())
    let versions = [branches.base, export, duplicate].flatMap { commit in
      ["fs/fuse/file.c", "fs/fuse/passthrough.c"].map { "\(commit):\($0)" }
    }
    let jobs = "\(ProcessInfo.processInfo.activeProcessorCount)"
    var (reviews, again, parses): ([Double], [Double], [Double]) = ([], [], [])
    var memory: [Int] = []
    // The first round warms the disk cache for both and is not counted.
    for round in 0...Self.rounds {
      let bare = try await ProgramUnderTest.run(
        program: try #require(BareParse.program), [clone.path, clone.kernel, jobs] + versions)
      let seconds = try #require(Double(bare.output.trimmingCharacters(in: .newlines)))
      // A review may use what an earlier one kept; what is compared with parsing must parse.
      let cache = try TemporaryFolder()
      let range = "\(branches.base)..\(duplicate)"
      let review = try await timed(clone, range, cache: cache.path)
      let second = try await timed(clone, range, cache: cache.path)
      guard round > 0 else { continue }
      parses.append(seconds)
      reviews.append(review.seconds)
      again.append(second.seconds)
      memory.append(review.kilobytes)
    }
    let ratio = median(reviews) / median(parses)
    print(
      """
      review of two commits: \(format(median(reviews))) s (\(format(reviews.min()!)) to \
      \(format(reviews.max()!))), bare parse of its six file versions: \(format(median(parses))) s, \
      ratio \(format(ratio)), second review \(format(median(again))) s, \
      largest process \(memory.max()! / 1024) MB, \(Self.rounds) rounds
      """)
    #expect(ratio <= 2)
    #expect(memory.max()! < 1 << 20)
  }

  /// Wall time and the peak memory of the largest process, by GNU time.
  private func timed(_ clone: KernelClone, _ range: String, cache: String) async throws
    -> (seconds: Double, kilobytes: Int)
  {
    let outcome = try await ProgramUnderTest.run(
      program: "/usr/bin/time",
      [
        "-q", "-f", "%e %M", ProgramUnderTest.path, "check", "-C", clone.path, range,
        "--config-from",
        clone.kernel, "--fail-on", "never", "--quiet",
      ], environment: ["XDG_CACHE_HOME": cache])
    #expect(outcome.status == 0, "\(outcome.error)")
    let words = try #require(outcome.error.split(separator: "\n").last).split(separator: " ")
    return (try #require(Double(words[0])), try #require(Int(words[1])))
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  private func format(_ value: Double) -> String { String(format: "%.2f", value) }
}

enum BareParse {
  /// The program that parses and does nothing else; nil when no benchmark is wanted.
  static let program = ProcessInfo.processInfo.environment["LOCKSTEP_BARE_PARSE"]
}
