/// The logical lines of a Makefile: continuations joined, comments taken away.
struct MakeLines {
  struct Line {
    /// Without blanks at both ends.
    var text: Substring
    /// Begins with a tab: part of a recipe when it follows a rule.
    var isRecipe: Bool
  }

  private var rest: Substring

  init(_ text: String) { rest = Substring(text) }

  /// The next logical line, empty ones too; nil at the end.
  mutating func next() -> Line? {
    guard var line = physical() else { return nil }
    let isRecipe = line.first == "\t"
    if line.hasSuffix("\\") {
      var joined = ""
      while line.hasSuffix("\\") {
        joined += line.dropLast().trimmed
        joined += " "
        guard let more = physical() else { break }
        line = more
      }
      if !line.hasSuffix("\\") { joined += line.trimmed }
      line = Substring(joined)
    }
    return Line(text: Self.withoutComment(line).trimmed, isRecipe: isRecipe)
  }

  /// The lines up to `endef`, as they are.
  mutating func definition() -> String {
    var lines: [Substring] = []
    while let line = physical(), !line.trimmed.hasPrefix("endef") { lines.append(line) }
    return lines.joined(separator: "\n")
  }

  private mutating func physical() -> Substring? {
    guard !rest.isEmpty else { return nil }
    let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    let line = rest[..<end]
    rest = end == rest.endIndex ? "" : rest[rest.utf8.index(after: end)...]
    return line.utf8.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }

  private static func withoutComment(_ line: Substring) -> Substring {
    var isEscaped = false
    for index in line.utf8.indices {
      let byte = line.utf8[index]
      if byte == UInt8(ascii: "#") && !isEscaped { return line[..<index] }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return line
  }
}
