/// Finds sparse's lock annotations in the text of a declarator.
///
/// The compiler drops them (`__CHECKER__` is not set), so they are read from the source.
enum SparseAnnotations {
  static let names = [
    "__acquires", "__releases", "__must_hold", "__must_hold_shared", "__cond_acquires",
    "__acquires_shared", "__releases_shared", "__cond_acquires_shared",
  ]

  /// Each annotation with its arguments, white space squeezed out, in source order.
  static func find(in text: [UInt8]) -> [String] {
    var found: [String] = []
    var i = 0
    while i < text.count {
      guard text[i] == UInt8(ascii: "_"), i == 0 || !isWord(text[i - 1]) else {
        i += 1
        continue
      }
      let end = text[i...].firstIndex { !isWord($0) } ?? text.count
      let word = String(decoding: text[i..<end], as: UTF8.self)
      i = end
      guard names.contains(word), let close = closingParenthesis(text, from: end) else { continue }
      let arguments = text[end...close].filter { $0 > 32 }
      found.append(word + String(decoding: arguments, as: UTF8.self))
      i = close + 1
    }
    return found
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (byte | 32 >= UInt8(ascii: "a") && byte | 32 <= UInt8(ascii: "z"))
      || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
  }

  private static func closingParenthesis(_ text: [UInt8], from start: Int) -> Int? {
    var depth = 0
    for i in start..<text.count {
      if text[i] == UInt8(ascii: "(") {
        depth += 1
      } else if text[i] == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0 { return i }
      } else if depth == 0, text[i] > 32 {
        return nil
      }
    }
    return nil
  }
}
