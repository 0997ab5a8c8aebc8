import Findings
import Foundation
import ProgramUnderTest
import Testing

/// Measures what is said about functions that repeat others, and about those that do not.
///
/// `make bench` runs it and prints the figures.
@Suite(
  .serialized,
  .enabled(if: BareParse.program != nil && KernelClone.source != nil, "type make bench"))
struct DuplicateBenchmark {
  private static let seeds: [UInt64] = [6_012_001, 6_012_002, 6_012_003]
  /// Functions that each seed adds in each way.
  private static let added = 300
  /// Commits of one function each.
  private static let commits = 25

  private let clone: KernelClone
  private let cache: TemporaryFolder
  private var environment: [String: String] { ["XDG_CACHE_HOME": cache.path] }

  init() async throws {
    clone = try await KernelClone()
    cache = try TemporaryFolder()
    let built = try await ProgramUnderTest.run(
      ["index", "build"], in: clone.path, environment: ["XDG_CACHE_HOME": cache.path])
    #expect(built.status == 0, "\(built.error)")
  }

  @Test func theFigures() async throws {
    for draw in ReaddedFunctions.Draw.allCases { try await noise(draw) }
    try await oneCommit()
    try await pairs()
  }

  // MARK: Noise

  /// What is said about functions that kernel developers wrote and let in.
  ///
  /// An upper bound: of two twins either may be drawn, but only the later one was a copy once.
  private func noise(_ draw: ReaddedFunctions.Draw) async throws {
    var (functions, warnings, infos) = (0, 0, 0)
    for seed in Self.seeds {
      let added = try await ReaddedFunctions(Self.added, draw, in: clone, seed: seed)
      let findings = try await review(added.commit)
      var counts: [String: Int] = [:]
      for finding in findings {
        counts["\(finding.type.rawValue) \(finding.severity.rawValue)", default: 0] += 1
        if finding.severity > .info { print("  \(finding.file): \(finding.message)") }
      }
      let loud = findings.count { $0.severity > .info }
      let list = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      print(
        "added functions, \(draw.rawValue), seed \(seed): \(added.count) functions, "
          + (list.isEmpty ? "nothing said" : list.joined(separator: ", ")))
      functions += added.count
      warnings += loud
      infos += findings.count - loud
    }
    print(
      "added functions, \(draw.rawValue): wanted <= 1 warning per 100, "
        + "\(Self.hundredth(warnings, functions)); infos \(Self.hundredth(infos, functions))")
  }

  private static func hundredth(_ part: Int, _ whole: Int) -> String {
    String(format: "%.2f", 100 * Double(part) / Double(whole))
  }

  private func review(_ commit: String) async throws -> [Finding] {
    let outcome = try await ProgramUnderTest.run(
      ["check", commit, "--only", "duplicates", "--format", "json", "--fail-on", "never"],
      in: clone.path, environment: environment)
    #expect(outcome.status == 0, "\(outcome.error)")
    let result = try JSONDecoder().decode(ReviewResult.self, from: Data(outcome.output.utf8))
    return result.findings.filter { !$0.preexisting }
  }

  // MARK: Time

  /// The review of commits that add one function each, the index being there.
  private func oneCommit() async throws {
    var seconds: [Double] = []
    for number in 0..<Self.commits {
      let added = try await ReaddedFunctions(1, .alone, in: clone, seed: 77 + UInt64(number))
      let start = ContinuousClock.now
      _ = try await review(added.commit)
      seconds.append((ContinuousClock.now - start) / .seconds(1))
    }
    seconds.sort()
    print(
      "duplicates only, one commit, index warm: wanted <= 1 s, "
        + String(format: "median %.2f s, longest %.2f s", seconds[seconds.count / 2], seconds.last!)
    )
  }

  // MARK: Labelled pairs

  private struct Answer: Decodable {
    struct Match: Decodable {
      var file: String
      var function: String
      var verdict: String
    }
    var matches: [Match]
  }

  /// Pairs from the table that `LOCKSTEP_CLONE_PAIRS` names: two files, two functions and `dup` or
  /// `not`; which of the two is asked for does not matter.
  private func pairs() async throws {
    guard let path = ProcessInfo.processInfo.environment["LOCKSTEP_CLONE_PAIRS"], !path.isEmpty
    else { return }
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
    var (right, missed, wrong) = (0, 0, 0)
    for row in rows {
      let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count >= 5 else { continue }
      let (one, other) = ((cells[0], cells[1]), (cells[2], cells[3]))
      var isSaid = try await isDuplicate(one, of: other)
      if !isSaid { isSaid = try await isDuplicate(other, of: one) }
      switch (cells[4] == "dup", isSaid) {
      case (true, true): right += 1
      case (true, false):
        missed += 1
        print("  missed: \(cells[1]) and \(cells[3])")
      case (false, true):
        wrong += 1
        print("  wrong: \(cells[1]) and \(cells[3])")
      case (false, false): break
      }
    }
    print(
      "labelled pairs: \(rows.count), wanted recall >= .95 and precision >= .95, "
        + String(
          format: "recall %.2f, precision %.2f", Double(right) / Double(max(1, right + missed)),
          Double(right) / Double(max(1, right + wrong))))
  }

  private func isDuplicate(_ asked: (String, String), of other: (String, String)) async throws
    -> Bool
  {
    let outcome = try await ProgramUnderTest.run(
      ["similar", "\(asked.0):\(asked.1)", "--limit", "50", "--format", "json"], in: clone.path,
      environment: environment)
    #expect(outcome.status == 0, "\(outcome.error)")
    return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8)).matches.contains {
      $0.file == other.0 && $0.function == other.1 && $0.verdict == "duplicate"
    }
  }
}
