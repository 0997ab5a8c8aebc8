import CSyntax
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
  private static let queries = 200

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
    try await noiseOfAdded()
    try await oneCommit()
    try await query()
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

  /// Files with functions that were added since the older kernel.
  private static let addedFiles = 200

  /// What is said about functions that were really added, file by file.
  private func noiseOfAdded() async throws {
    guard let older = AddedFunctions.older else { return }
    let added = try await AddedFunctions(
      Self.addedFiles, since: older, in: clone, seed: Self.seeds[0])
    var counts: [Severity: Int] = [:]
    for file in added.files {
      for finding in try await review(file.commit) where finding.type == .duplicateFunction {
        counts[finding.severity, default: 0] += 1
        if finding.severity > .info { print("  \(finding.file): \(finding.message)") }
      }
    }
    print(
      "functions added since the older kernel: \(added.count) in \(added.files.count) files, "
        + "wanted <= 1 warning per 100, \(Self.hundredth(counts[.warning] ?? 0, added.count)); "
        + "infos \(Self.hundredth(counts[.info] ?? 0, added.count))")
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

  /// How long one query takes as a program of its own, the index being there.
  private func query() async throws {
    var random = Generator(state: Self.seeds[0])
    var seconds: [Double] = []
    for path in try await ReaddedFunctions.sources(clone).shuffled(using: &random) {
      let functions = Outline(try await clone.text(of: path, at: clone.base)).functions
      guard let function = functions.randomElement(using: &random) else { continue }
      let start = ContinuousClock.now
      let outcome = try await ProgramUnderTest.run(
        ["similar", "\(path):\(function.name)", "--format", "json"], in: clone.path,
        environment: environment)
      seconds.append((ContinuousClock.now - start) / .seconds(1))
      #expect(outcome.status == 0, "\(outcome.error)")
      if seconds.count == Self.queries { break }
    }
    seconds.sort()
    print(
      "lockstep similar, index warm: \(seconds.count) queries, "
        + String(
          format: "median %.3f s, p99 %.3f s", seconds[seconds.count / 2],
          seconds[seconds.count * 99 / 100]))
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

  /// Two functions, each with its file, and whether they are labelled `dup`.
  private struct Pair {
    var one: (file: String, function: String)
    var other: (file: String, function: String)
    var isCopy: Bool
  }

  /// The table that `LOCKSTEP_CLONE_PAIRS` names: two files, two functions and `dup` or `not`.
  private static func labelled() throws -> [Pair] {
    guard let path = ProcessInfo.processInfo.environment["LOCKSTEP_CLONE_PAIRS"], !path.isEmpty
    else { return [] }
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
    return rows.compactMap { row in
      let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count >= 5 else { return nil }
      return Pair(
        one: (cells[0], cells[1]), other: (cells[2], cells[3]), isCopy: cells[4] == "dup")
    }
  }

  private func pairs() async throws {
    let labelled = try Self.labelled()
    guard !labelled.isEmpty else { return }
    try await askAbout(labelled)
    try await readd(labelled)
  }

  /// Which of the two is asked for does not matter.
  private func askAbout(_ pairs: [Pair]) async throws {
    var (right, missed, wrong) = (0, 0, 0)
    for pair in pairs {
      var isSaid = try await isDuplicate(pair.one, of: pair.other)
      if !isSaid { isSaid = try await isDuplicate(pair.other, of: pair.one) }
      switch (pair.isCopy, isSaid) {
      case (true, true): right += 1
      case (true, false):
        missed += 1
        print("  missed: \(pair.one.function) and \(pair.other.function)")
      case (false, true):
        wrong += 1
        print("  wrong: \(pair.one.function) and \(pair.other.function)")
      case (false, false): break
      }
    }
    print(
      "labelled pairs: \(pairs.count), wanted recall >= .95 and precision >= .95, "
        + String(
          format: "recall %.2f, precision %.2f", Double(right) / Double(max(1, right + missed)),
          Double(right) / Double(max(1, right + wrong))))
  }

  /// What a review says when one of a pair is taken out and put back, of the two the louder.
  private func readd(_ pairs: [Pair]) async throws {
    for isCopy in [true, false] {
      var counts: [Severity: Int] = [:]
      let labelled = pairs.filter { $0.isCopy == isCopy }
      for pair in labelled {
        var loudest: Severity?
        for (new, old) in [(pair.one, pair.other), (pair.other, pair.one)] {
          let added = try await ReaddedFunctions(new.function, of: new.file, in: clone)
          for finding in try await review(added.commit)
          where finding.type == .duplicateFunction && finding.function == new.function
            && finding.related.contains(where: {
              $0.file == old.file && $0.function == old.function
            })
          {
            loudest = max(loudest ?? .info, finding.severity)
          }
        }
        if let loudest { counts[loudest, default: 0] += 1 }
      }
      print(
        "pairs labelled \(isCopy ? "dup" : "not"), one added again: of \(labelled.count) "
          + "\(counts[.warning] ?? 0) warned of, \(counts[.info] ?? 0) noted")
    }
  }

  private func isDuplicate(
    _ asked: (file: String, function: String), of other: (file: String, function: String)
  ) async throws -> Bool {
    let outcome = try await ProgramUnderTest.run(
      ["similar", "\(asked.file):\(asked.function)", "--limit", "50", "--format", "json"],
      in: clone.path,
      environment: environment)
    #expect(outcome.status == 0, "\(outcome.error)")
    return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8)).matches.contains {
      $0.file == other.file && $0.function == other.function && $0.verdict == "duplicate"
    }
  }
}
