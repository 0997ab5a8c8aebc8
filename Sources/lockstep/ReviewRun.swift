import ArgumentParser
import BuiltinRules
import Findings
import Foundation
import Report
import Review

/// Reviews, prints the report, and ends with the status that the findings deserve.
struct ReviewRun {
  var request: ReviewRequest
  var output: OutputOptions
  /// Keeps only these findings, besides what the options say.
  var isWanted: @Sendable (Finding) -> Bool = { _ in true }
  /// What to do when the budget is used up and the review does not end.
  var onTimeout: (@Sendable () -> Int32)?

  /// - Throws: `ExitCode` unless the result is clean.
  func run() async throws {
    let status = ReviewStatus(try await report(), failOn: output.failOn)
    if status != .clean { throw status.code }
  }

  /// Reviews and prints; gives the result as it was printed.
  func report() async throws -> ReviewResult {
    let result = try await review()
    try print(result)
    return result
  }

  /// Reviews; gives what the user wants to see of it.
  func review() async throws -> ReviewResult {
    let temporary = TemporaryCache()
    defer { temporary.remove() }
    var request = request
    request.cacheDirectory = request.cacheDirectory ?? temporary.path
    let progress = ProgressLine(isQuiet: output.quiet)
    defer { progress.clear() }
    let deadline = request.budget.map { HardDeadline(after: $0 * 1.2 + 0.5, end: timeout($0)) }
    let baseline = try output.baseline.map { try Baseline(file: $0) }
    var result = try await Review.run(request) { progress.show($0) }
    deadline?.cancel()
    progress.clear()
    result.findings.removeAll {
      !output.wants($0.type) || ($0.preexisting && !request.all) || !isWanted($0)
    }
    result.suppressed.removeAll {
      !output.wants($0.finding.type) || !isWanted($0.finding)
        || ($0.finding.preexisting && !request.all)
    }
    baseline?.apply(to: &result)
    return result
  }

  /// Prints a report in the format that the user chose.
  func print(_ result: ReviewResult) throws {
    let target = ReportTarget(output.output)
    try target.write(rendered(result, isColored: isColored(target)))
    if !output.quiet { say(result.notes) }
  }

  /// A report in the format that the user chose.
  func rendered(_ result: ReviewResult, isColored: Bool = false) throws -> String {
    var options = ReportOptions(
      isColored: isColored, isQuiet: output.quiet, isVerbose: output.verbose,
      showsTypes: output.showTypes,
      summary: { TypeGuide.builtin.entries[$0.rawValue]?.summary ?? $0.rawValue },
      sources: ReviewedSources(request))
    options.patches = ReviewedPatches(request)
    return try output.chosenFormat.renderer(options).render(result)
  }

  private func timeout(_ seconds: Double) -> @Sendable () -> Int32 {
    if let onTimeout { return onTimeout }
    let format = output.chosenFormat
    let file = output.output
    return {
      let result = ReviewResult(
        coverage: [
          Coverage(
            commit: nil, file: "the review", status: .skipped,
            reason: "not done within the budget of \(seconds) s; raise --budget",
            incomplete: true)
        ])
      try? ReportTarget(file).write(format.renderer(ReportOptions()).render(result))
      return ReviewStatus.incomplete.rawValue
    }
  }

  private func isColored(_ target: ReportTarget) -> Bool {
    switch output.color ?? .auto {
    case .always: true
    case .never: false
    case .auto:
      target.isTerminal && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
    }
  }

  private func say(_ notes: [ReviewResult.Note]) {
    for note in notes {
      let commit = note.commit.map { " \($0.prefix(12)):" } ?? ""
      let line = "lockstep: note:\(commit) \(note.message.visible())\n"
      ErrorOutput.write(line)
    }
  }
}
