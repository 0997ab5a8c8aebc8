/// The lines of a C file up to the first one that declares something: `#include`s and comments.
struct FileHead {
  /// The bytes before an empty line behind the last directive; a line can be put in there without
  /// moving any other.
  let bytes: ArraySlice<UInt8>

  /// Nil where the file has no such line, or includes something further down: then what its
  /// headers declare does not depend on its first lines alone.
  init?(_ text: [UInt8]) {
    var scan = HeadScan()
    var empty: Int?
    var start = 0
    while start < text.count, let line = Self.line(text, at: start) {
      switch scan.read(line) {
      case .directive: empty = nil
      case .empty: if empty == nil { empty = start }
      case .comment: break
      case .code:
        guard let empty, scan.isBalanced, !Self.includes(text[start...]) else { return nil }
        bytes = text[..<empty]
        return
      case .unclear: return nil
      }
      start = line.endIndex + 1
    }
    return nil
  }

  private static func line(_ text: [UInt8], at start: Int) -> ArraySlice<UInt8>? {
    guard let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    return text[start..<end]
  }

  /// Whether a line of `rest` may be an `#include`; also true for some that are none.
  private static func includes(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.split(separator: UInt8(ascii: "\n")).contains { line in
      guard line.contains(UInt8(ascii: "#")) || line.contains(UInt8(ascii: "%")) else {
        return false
      }
      let text = String(decoding: line, as: UTF8.self)
      return text.hasSuffix("\\") && text.hasPrefix("#\\")
        || ["include", "import", "embed"].contains { text.contains($0) }
    }
  }
}

/// Tells the lines of a head apart.
private struct HeadScan {
  enum Line {
    case directive, comment, empty, code
    /// Not worth understanding.
    case unclear
  }

  private var isInComment = false
  private var isContinued = false
  private var depth = 0

  var isBalanced: Bool { depth == 0 }

  mutating func read(_ line: ArraySlice<UInt8>) -> Line {
    var text = String(decoding: line, as: UTF8.self).trimmed
    let wasContinued = isContinued
    isContinued = text.hasSuffix("\\")
    if wasContinued { return text.contains("/*") ? .unclear : .directive }
    if isInComment {
      guard let end = text.range("*/") else { return .comment }
      isInComment = false
      text = String(text[end...]).trimmed
      return text.isEmpty ? .comment : .unclear
    }
    if text.isEmpty { return .empty }
    if text.hasPrefix("//") { return isContinued ? .unclear : .comment }
    if text.hasPrefix("/*") {
      guard let end = String(text.dropFirst(2)).range("*/") else {
        isInComment = true
        return isContinued ? .unclear : .comment
      }
      return String(text.dropFirst(2))[end...].isEmpty ? .comment : .unclear
    }
    guard text.hasPrefix("#") else { return .code }
    let word = String(text.dropFirst()).trimmed
    if word.hasPrefix("if") { depth += 1 }
    if word.hasPrefix("endif") { depth -= 1 }
    if let comment = text.range("/*"), !text[comment...].contains("*/") { return .unclear }
    return .directive
  }
}

extension String {
  fileprivate var trimmed: String {
    var part = self[...]
    while part.first?.isWhitespace ?? false { part.removeFirst() }
    while part.last?.isWhitespace ?? false { part.removeLast() }
    return String(part)
  }

  /// Where the first occurrence of `other` ends.
  fileprivate func range(_ other: String) -> Index? { firstRange(of: other)?.upperBound }
}
