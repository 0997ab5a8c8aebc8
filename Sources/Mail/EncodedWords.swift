/// Header texts with `=?charset?Q?…?=` words (RFC 2047).
enum EncodedWords {
  /// The text that they stand for; what is none stays as it is.
  static func decoded(_ value: String) -> String {
    guard value.contains("=?") else { return value }
    var output = ""
    var rest = value[...]
    var afterWord = false
    while let start = rest.range(of: "=?") {
      let before = rest[..<start.lowerBound]
      guard let word = Word(rest[start.lowerBound...]) else {
        output += rest[..<start.upperBound]
        rest = rest[start.upperBound...]
        afterWord = false
        continue
      }
      // Blanks between two encoded words only keep lines short.
      if !(afterWord && before.allSatisfy(\.isWhitespace)) { output += before }
      output += word.text
      rest = rest[word.end...]
      afterWord = true
    }
    return output + rest
  }

  private struct Word {
    let text: String
    let end: String.Index

    init?(_ text: Substring) {
      let pieces = text.dropFirst(2).split(
        separator: "?", maxSplits: 2, omittingEmptySubsequences: false)
      guard pieces.count == 3, pieces[1].count == 1, pieces[0].count < 40,
        let close = pieces[2].range(of: "?=")
      else { return nil }
      let payload = Array(pieces[2][..<close.lowerBound].utf8)
      let bytes: [UInt8]
      switch pieces[1].lowercased() {
      case "b":
        bytes = TransferEncoding.base64.decoded(payload[...]).bytes
      case "q":
        let blanks = payload.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
        // A blank at the end is part of the word here.
        bytes = TransferEncoding.quotedPrintable.decoded((blanks + [UInt8(ascii: "=")])[...]).bytes
      default: return nil
      }
      // RFC 2231 lets a language follow the set.
      let charset = pieces[0].prefix { $0 != "*" }
      self.text = Charset.text(bytes, from: String(charset))
      end = close.upperBound
    }
  }
}

extension Substring {
  /// The first place of a word, without the cost of searching as Unicode text.
  fileprivate func range(of word: StaticString) -> Range<String.Index>? {
    let wanted = Array(String(describing: word).utf8)
    let bytes = utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index...].starts(with: wanted) {
        return index..<bytes.index(index, offsetBy: wanted.count)
      }
      index = bytes.index(after: index)
    }
    return nil
  }
}
