import CSyntax
import Findings
import GitKit

/// One file of one version with all that the review knows of it.
struct SourceFile: Sendable {
  var path: String
  var bytes: [UInt8]
  var text: String
  var outline: Outline

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    text = Self.text(of: bytes)
    outline = Outline(text)
  }

  /// UTF-8, or Latin-1 where the bytes are no UTF-8.
  static func text(of bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self)
      ?? String(decoding: bytes.map { UInt16($0) }, as: UTF16.self)
  }

  /// What a review looks at: sources in C, assembly and Rust, and what Kbuild reads.
  static func isReviewed(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return isC(path) || path.hasSuffix(".S") || path.hasSuffix(".rs") || name == "Makefile"
      || name == "Kbuild"
  }

  /// What the parser may be asked to read.
  static func isC(_ path: String) -> Bool { path.hasSuffix(".c") || path.hasSuffix(".h") }
}
