internal import Findings
internal import Foundation

/// Reviewdog's diagnostic format, one document.
struct RDJSONReport: Renderer {
  private struct Document: Encodable {
    var source: Source
    var severity = "WARNING"
    var diagnostics: [Diagnostic]
  }

  private struct Source: Encodable {
    var name: String
  }

  private struct Diagnostic: Encodable {
    var message: String
    var location: Location
    var severity: String
    var code: Code
    var related_locations: [Related]
  }

  private struct Code: Encodable {
    var value: String
  }

  private struct Location: Encodable {
    var path: String
    var range: Range
  }

  private struct Range: Encodable {
    var start: Position
  }

  private struct Position: Encodable {
    var line: Int
    var column: Int?
  }

  private struct Related: Encodable {
    var message: String
    var location: Location
  }

  func render(_ result: ReviewResult) throws -> String {
    let document = Document(
      source: Source(name: result.tool.name), diagnostics: result.findings.map(diagnostic))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  private func diagnostic(_ finding: Finding) -> Diagnostic {
    let steps = finding.trace.map { ($0.file, $0.line, $0.message) }
    let places = finding.related.map { ($0.file, $0.line, $0.message) }
    return Diagnostic(
      message: [finding.message, finding.remedy].filter { !$0.isEmpty }.joined(separator: " ")
        .visible(),
      location: location(finding.file, finding.line, finding.column),
      severity: Self.severity(finding.severity), code: Code(value: finding.type.rawValue),
      related_locations: (steps + places).map { file, line, message in
        Related(message: message.visible(), location: location(file, line, nil))
      })
  }

  private func location(_ file: String, _ line: Int, _ column: Int?) -> Location {
    Location(path: file, range: Range(start: Position(line: line, column: column)))
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: "ERROR"
    case .warning: "WARNING"
    case .info: "INFO"
    }
  }
}
