import CSyntax
import Findings

/// `/* lockstep: ignore TYPE reason */`: the author knows, and says why it is right.
///
/// It counts for its own line and the one below it, and above a function for the whole head.
struct SuppressionComment: Sendable, Equatable {
  /// As written; `type` is nil when there is no such type.
  let word: String
  let type: FindingType?
  let reason: String
  /// Lines of the text, from 1, that it is about.
  let lines: ClosedRange<Int>
  /// The line on which it begins.
  let line: Int

  private static let mark = "lockstep: ignore"

  /// The comments of a text, in its order.
  static func all(in file: SourceFile) -> [SuppressionComment] {
    guard file.text.utf8.count < 10_000_000, file.text.contains(mark) else { return [] }
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.compactMap { index in
      guard let start = lines[index].firstRange(of: mark),
        isComment(lines[index][..<start.lowerBound])
      else { return nil }
      let isBlock = lines[index][..<start.lowerBound].contains("/*")
      let (text, last) = text(from: index, at: start.upperBound, in: lines, isBlock: isBlock)
      return SuppressionComment(text, first: index + 1, last: last + 1, in: file)
    }
  }

  private init(_ text: String, first: Int, last: Int, in file: SourceFile) {
    let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    word = words.first.map(String.init) ?? ""
    type = FindingType(rawValue: word)
    reason = words.count > 1 ? String(words[1]) : ""
    line = first
    var end = last + 1
    // The name of a function may stand below its type.
    for function in file.outline.functions where function.startLine == last + 1 {
      end = max(end, function.nameLine)
    }
    lines = first...end
  }

  /// Whether what stands before the mark opens a comment.
  private static func isComment(_ before: Substring) -> Bool {
    let opening = before.reversed().drop { $0 == " " || $0 == "\t" }.prefix(2)
    return ["*/", "//"].contains(String(opening))
  }

  /// A further line of a comment without the star that it begins with.
  private static func withoutStar(_ line: Substring) -> Substring {
    let text = line.drop { $0 == " " || $0 == "\t" }
    return text.hasPrefix("*") && !text.hasPrefix("*/") ? text.dropFirst() : text
  }

  /// The comment's text to its end, and the index of its last line.
  private static func text(
    from index: Int, at start: Substring.Index, in lines: [Substring], isBlock: Bool
  ) -> (String, Int) {
    var text = String(lines[index][start...])
    var last = index
    // A reason of more than a few lines belongs into the commit message.
    while isBlock, !text.contains("*/"), last + 1 < lines.count, last - index < 8 {
      last += 1
      text += " " + withoutStar(lines[last])
    }
    if let end = text.firstRange(of: "*/") { text = String(text[..<end.lowerBound]) }
    let words = text.split(whereSeparator: \.isWhitespace)
    return (words.joined(separator: " "), last)
  }
}
