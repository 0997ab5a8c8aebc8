/// The logical lines of a Kconfig file: a backslash at the end joins the next line.
struct KconfigLines {
  private let text: String
  private var rest: Substring

  init(_ bytes: [UInt8]) {
    text = String(decoding: bytes, as: UTF8.self)
    rest = text[...]
  }

  /// The next line with its blanks; nil at the end.
  mutating func next() -> Substring? {
    guard var line = physical() else { return nil }
    guard line.utf8.last == UInt8(ascii: "\\") else { return line }
    var joined = ""
    while line.utf8.last == UInt8(ascii: "\\") {
      joined += line.dropLast()
      joined += " "
      guard let more = physical() else { return Substring(joined) }
      line = more
    }
    return Substring(joined + line)
  }

  private mutating func physical() -> Substring? {
    guard !rest.isEmpty else { return nil }
    let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    let line = rest[..<end]
    rest = end == rest.endIndex ? rest[end...] : rest[rest.utf8.index(after: end)...]
    return line
  }
}

/// Knows how far a help text reaches: as far as lines are indented like its first.
struct HelpText {
  private enum State { case outside, starting, inside(indent: Int) }
  private var state = State.outside

  mutating func begin() { state = .starting }

  /// True when the line belongs to the help text.
  mutating func takes(_ line: Substring) -> Bool {
    if case .outside = state { return false }
    guard let indent = Self.indent(of: line) else { return true }
    switch state {
    case .outside: return false
    case .starting where indent > 0:
      state = .inside(indent: indent)
      return true
    case .inside(let first) where indent >= first: return true
    default:
      state = .outside
      return false
    }
  }

  /// Columns before the first character; nil for a blank line.
  private static func indent(of line: Substring) -> Int? {
    var column = 0
    for byte in line.utf8 {
      switch byte {
      case UInt8(ascii: " "): column += 1
      case UInt8(ascii: "\t"): column = (column / 8 + 1) * 8
      case UInt8(ascii: "\r"): continue
      default: return column
      }
    }
    return nil
  }
}
