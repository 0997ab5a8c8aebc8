internal import Findings
internal import Foundation

/// The findings alone, one JSON object a line, keys sorted.
struct JSONLinesReport: Renderer {
  func render(_ result: ReviewResult) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try result.findings
      .map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
      .joined()
  }
}
