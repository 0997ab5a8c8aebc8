import ArgumentParser
import Findings
import Foundation
import Mail
import Report
import Review

struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Says what became of the findings between two versions of a series.",
    discussion: """
      OLD and NEW are ranges, mailboxes, or reports that were saved with --format json. The text is \
      ready to be pasted under the --- of a patch or into the cover letter. Ends with status 1 when \
      there are new findings at or above --fail-on.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @Argument(help: "The version before.") var old: String
  @Argument(help: "The version now.") var new: String
  @Option(help: "How to print the comparison.") var format = Format.text

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write the comparison to this file.", valueName: "file"))
  var file: String?

  @Option(help: "Exit with status 1 from this severity of a new finding on.")
  var failOn: FailureThreshold = .warning

  @Flag(name: .shortAndLong, help: "List remarks too.") var verbose = false
  @Flag(name: .shortAndLong, help: "No progress and no notes.") var quiet = false
  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions

  mutating func run() async throws {
    var request = try analysis.request(.range([]))
    let settings = try Settings(for: request)
    try analysis.fill(&request, from: settings)
    var output = OutputOptions.standard
    output.quiet = quiet
    try output.fill(from: settings)
    let before = try await version(old, request, output)
    let after = try await version(new, request, output)
    let comparison = Comparison(old: before, new: after)
    let text =
      switch format {
      case .text: comparison.text(withRemarks: verbose)
      case .json: try comparison.json
      }
    try ReportTarget(file).write(text)
    if let limit = failOn.severity, comparison.new.contains(where: { $0.severity >= limit }) {
      throw ReviewStatus.findings.code
    }
    if before.result.isIncomplete || after.result.isIncomplete {
      for entry in (before.result.coverage + after.result.coverage) where entry.incomplete {
        let line = "lockstep: not analysed: \(entry.file.visible()): \(entry.reason.visible())\n"
        ErrorOutput.write(line)
      }
      throw ReviewStatus.incomplete.code
    }
  }

  /// A version by what the word names: a file or folder that is there, else a range.
  private func version(_ word: String, _ request: ReviewRequest, _ output: OutputOptions)
    async throws -> SeriesVersion
  {
    var request = request
    if FileManager.default.fileExists(atPath: word) {
      if let data = FileManager.default.contents(atPath: word), data.first == UInt8(ascii: "{") {
        return SeriesVersion(try SavedReport(data, named: word).result)
      }
      request.subject = .mails(try Mailbox.messages(at: word))
    } else {
      request.subject = .range([word])
    }
    let result = try await ReviewRun(request: request, output: output).review()
    let patches = ReviewPatches(request)
    let lines = result.range.commits.map { ($0.oid, PatchLines.lines(of: patches.patch($0.oid))) }
    return SeriesVersion(
      result, patches: Dictionary(lines, uniquingKeysWith: { one, _ in one }),
      difference: PatchLines.difference)
  }
}
