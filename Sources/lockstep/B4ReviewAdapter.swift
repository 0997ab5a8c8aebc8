import ArgumentParser
import Findings
import Foundation
import Report
import Review

/// `b4.review-perpatch-check-cmd` and `b4.review-series-check-cmd`: a mail on standard input, a list
/// in JSON on standard output.
struct B4ReviewAdapter: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "b4-review",
    abstract: "Checks one patch, or with --series the whole series, for b4 review.",
    discussion: """
      git config b4.review-perpatch-check-cmd 'lockstep adapter b4-review'
      git config b4.review-series-check-cmd 'lockstep adapter b4-review --series'
      """)

  @Flag(help: "Check the series that is checked out.") var series = false

  /// What b4 0.15 and later read.
  private struct Entry: Encodable {
    var tool = "lockstep"
    var status: String
    var summary: String
    var url = ""
    var details: String
  }

  /// What b4 shows below an entry, in the form that its own checkpatch runner uses.
  private struct Detail: Encodable {
    var status: String
    var description: String
  }

  mutating func run() async throws {
    let entry: Entry
    do {
      let mail = [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
      entry = try Self.entry(try await series ? wholeSeries() : onePatch(mail))
    } catch {
      entry = Self.refusal("\(error)")
    }
    print(try Self.json([entry]))
  }

  private static func refusal(_ reason: String) -> Entry {
    Entry(status: "warn", summary: "not reviewed: \(reason.visible())", details: "")
  }

  private static func sayTimeIsUp() -> Int32 {
    print((try? json([refusal(ReviewRun.timeIsUp)])) ?? "")
    return 0
  }

  private func onePatch(_ mail: [UInt8]) async throws -> MailedPatch.Outcome {
    try await MailedPatch(mail, range: B4Tracking.range, onTimeout: Self.sayTimeIsUp).review()
  }

  private func wholeSeries() async throws -> MailedPatch.Outcome {
    let request = ReviewRequest(
      subject: .range(B4Tracking.range), directory: FileManager.default.currentDirectoryPath,
      cacheDirectory: UserCache.directory)
    var run = try ReviewRun(adapting: request)
    run.onTimeout = Self.sayTimeIsUp
    let result = try await run.review()
    return .init(
      findings: result.counted,
      gaps: result.coverage.filter(\.incomplete).map { "\($0.file): not analysed: \($0.reason)" })
  }

  private static func entry(_ outcome: MailedPatch.Outcome) throws -> Entry {
    let counted = outcome.findings
    let (errors, warnings) = (count(.error, counted), count(.warning, counted))
    let status =
      errors > 0 ? "fail" : warnings > 0 || !outcome.gaps.isEmpty ? "warn" : "pass"
    var words: [String] = []
    if errors > 0 { words.append("\(errors) error\(errors == 1 ? "" : "s")") }
    if warnings > 0 { words.append("\(warnings) warning\(warnings == 1 ? "" : "s")") }
    let notes = counted.count - errors - warnings
    if notes > 0 { words.append("\(notes) info") }
    if !outcome.gaps.isEmpty { words.append("\(outcome.gaps.count) not analysed") }
    let details =
      counted.map { Detail(status: judgement(of: $0), description: line($0)) }
      + outcome.gaps.map { Detail(status: "warn", description: $0.visible()) }
    return Entry(
      status: status, summary: words.isEmpty ? "no findings" : words.joined(separator: ", "),
      details: details.isEmpty ? "" : try json(details))
  }

  private static func count(_ severity: Severity, _ findings: [Finding]) -> Int {
    findings.count { $0.severity == severity }
  }

  private static func judgement(of finding: Finding) -> String {
    switch finding.severity {
    case .error: "fail"
    case .warning: "warn"
    case .info: "pass"
    }
  }

  private static func line(_ finding: Finding) -> String {
    "\(finding.file.visible()):\(finding.line): \(finding.type.rawValue): "
      + finding.message.visible()
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
