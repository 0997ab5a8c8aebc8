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

  /// - Throws: `ExitCode` unless the result is clean.
  func run() async throws {
    let status = ReviewStatus(try await report(), failOn: output.failOn)
    if status != .clean { throw status.code }
  }

  /// Reviews and prints; gives the result as it was printed.
  func report() async throws -> ReviewResult {
    let temporary = TemporaryCache()
    defer { temporary.remove() }
    var request = request
    request.cacheDirectory = request.cacheDirectory ?? temporary.path
    let progress = ProgressLine(isQuiet: output.quiet)
    defer { progress.clear() }
    var result = try await Review.run(request) { progress.show($0) }
    progress.clear()
    result.findings.removeAll { !output.wants($0.type) || ($0.preexisting && !request.all) }
    let target = ReportTarget(output.output)
    let options = ReportOptions(
      isColored: isColored(target), isQuiet: output.quiet, isVerbose: output.verbose,
      showsTypes: output.showTypes,
      summary: { TypeGuide.builtin.entries[$0.rawValue]?.summary ?? $0.rawValue },
      sources: ReviewedSources(request))
    try target.write(output.chosenFormat.renderer(options).render(result))
    if !output.quiet { say(result.notes) }
    return result
  }

  private func isColored(_ target: ReportTarget) -> Bool {
    switch output.color {
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
      FileHandle.standardError.write(Data(line.utf8))
    }
  }
}
