internal import CClang

/// Which parts of a `for (a; b; c)` are there.
struct ForHeader: Equatable {
  var hasInitial: Bool
  var hasCondition: Bool
  var hasIncrement: Bool

  var count: Int { (hasInitial ? 1 : 0) + (hasCondition ? 1 : 0) + (hasIncrement ? 1 : 0) }
}

/// The headers of all `for` statements of a function, in source order.
///
/// libclang leaves absent parts out of the children, so that `for (;x;)` and `for (x;;)` look
/// alike; the pretty print of the whole function shows them.
struct ForHeaders {
  let headers: [ForHeader]

  /// Reads the printed form of a function, in time linear in its length.
  init(printed: String) {
    var headers: [ForHeader] = []
    let text = Array(printed.utf8)
    var i = 0
    while i < text.count {
      if let end = Self.endOfLiteral(text, from: i) {
        i = end
      } else if Self.isKeywordFor(text, at: i) {
        if let header = Self.header(text, from: i + 3) { headers.append(header) }
        i += 3
      } else {
        i += 1
      }
    }
    self.headers = headers
  }

  private static func isKeywordFor(_ text: [UInt8], at i: Int) -> Bool {
    guard i + 4 < text.count, text[i] == UInt8(ascii: "f"), text[i + 1] == UInt8(ascii: "o"),
      text[i + 2] == UInt8(ascii: "r")
    else { return false }
    let next = text[i + 3]
    return (next == UInt8(ascii: " ") || next == UInt8(ascii: "("))
      && (i == 0 || !isWord(text[i - 1]))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (byte | 32 >= UInt8(ascii: "a") && byte | 32 <= UInt8(ascii: "z"))
      || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
  }

  /// The end of a string or character literal that starts at `i`; nil when none does.
  private static func endOfLiteral(_ text: [UInt8], from i: Int) -> Int? {
    let quote = text[i]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    var j = i + 1
    while j < text.count, text[j] != quote {
      j += text[j] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(j + 1, text.count)
  }

  /// Reads `( … ; … ; … )`, with nested brackets and literals.
  private static func header(_ text: [UInt8], from start: Int) -> ForHeader? {
    var i = start
    while i < text.count, text[i] == UInt8(ascii: " ") { i += 1 }
    guard i < text.count, text[i] == UInt8(ascii: "(") else { return nil }
    var depth = 0
    var parts = [false]
    while i < text.count {
      if let end = endOfLiteral(text, from: i) {
        parts[parts.count - 1] = true
        i = end
        continue
      }
      let byte = text[i]
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth > 0 { parts[parts.count - 1] = true }
        depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 {
          guard parts.count == 3 else { return nil }
          return ForHeader(hasInitial: parts[0], hasCondition: parts[1], hasIncrement: parts[2])
        }
      case UInt8(ascii: ";") where depth == 1:
        parts.append(false)
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"):
        break
      default:
        parts[parts.count - 1] = true
      }
      i += 1
    }
    return nil
  }
}
