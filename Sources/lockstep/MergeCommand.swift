import ArgumentParser
import BuiltinRules
import Findings
import Foundation
import Report

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Puts the JSON or SARIF reports of --shard runs together.",
    discussion: """
      JSON reports become one, in any format that --format names; SARIF logs become one SARIF log. \
      Ends with the status that the whole review would have had.
      """)

  @Argument(help: ArgumentHelp("The reports.", valueName: "report"), completion: .file())
  var reports: [String]

  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func run() throws {
    let parts = try reports.map { ($0, try Self.read($0)) }
    let isSARIF = parts.map { Self.isSARIF($0.1) }
    if isSARIF.allSatisfy({ $0 }) {
      if let format = output.format, format != .sarif {
        throw UsageError("SARIF logs can only be put together as SARIF; give JSON reports")
      }
      let merged = try MergedSARIF(parts)
      try ReportTarget(output.output).write(String(decoding: merged.data, as: UTF8.self) + "\n")
      return
    }
    guard !isSARIF.contains(true) else { throw MergeError.mixed }
    let result = try MergedResult(parts.map { ($0.0, try SavedReport($0.1, named: $0.0).result) })
      .result
    let options = ReportOptions(
      isQuiet: output.quiet, isVerbose: output.verbose, showsTypes: output.showTypes,
      summary: { TypeGuide.builtin.entries[$0.rawValue]?.summary ?? $0.rawValue })
    let format = output.format ?? (output.terse ? .terse : .json)
    try ReportTarget(output.output).write(format.renderer(options).render(result))
    let status = ReviewStatus(result, failOn: output.failOn)
    if status != .clean { throw status.code }
  }

  private static func isSARIF(_ data: Data) -> Bool {
    let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    return object?["runs"] != nil
  }

  private static func read(_ file: String) throws(UsageError) -> Data {
    do {
      return try Data(contentsOf: URL(filePath: file))
    } catch {
      throw UsageError("cannot read '\(file)': \(error.localizedDescription)")
    }
  }
}
