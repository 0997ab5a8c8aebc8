internal import Findings
internal import Foundation

/// The whole result as one JSON document, keys sorted.
struct JSONReport: Renderer {
  func render(_ result: ReviewResult) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(result), as: UTF8.self) + "\n"
  }
}
