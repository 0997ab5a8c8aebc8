/// One line of code as a terminal can show it, and where a word of it ends up.
struct SourceLine {
  /// Tabs as the kernel sees them, unprintable characters made visible, cut to `width`.
  let text: String
  /// Number of terminal columns before the marked word.
  let offset: Int
  /// Number of terminal columns of the marked word, at least 1.
  let length: Int

  /// Lines longer than this are cut around the marked word.
  static let width = 160
  private static let tab = 8

  /// - Parameters:
  ///   - line: without its line end.
  ///   - column: of the mark, in bytes from 1; nil where only the line is known.
  ///   - subject: the name to mark where the column says no more than the beginning of the line.
  init(_ line: Substring, column: Int?, subject: String? = nil) {
    let indent = line.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
    var marked = max(indent, min((column ?? 1) - 1, line.utf8.count))
    if marked == indent, column != nil, let subject {
      marked = Self.place(of: subject, in: line) ?? marked
    }
    var shown: [Character] = []
    var mark: Int?
    var byte = 0
    for character in line {
      if byte >= marked, mark == nil { mark = shown.count }
      byte += character.utf8.count
      if character == "\t" {
        let stop = (shown.count / Self.tab + 1) * Self.tab
        shown += repeatElement(" ", count: stop - shown.count)
      } else {
        shown += String(character).visible()
      }
      // Nothing beyond the window is ever shown; a line may be megabytes long.
      if let mark, shown.count > mark + Self.width { break }
    }
    let found = mark ?? shown.count
    let start = max(0, found - Self.width / 2)
    length = Self.wordLength(shown[found...].prefix(Self.width / 2))
    if start == 0, shown.count <= Self.width {
      text = String(shown)
      offset = found
    } else {
      let cut = shown[min(start, shown.count)...].prefix(Self.width)
      let head = start > 0 ? "…" : ""
      text = head + String(cut) + (start + cut.count < shown.count ? "…" : "")
      offset = found - start + head.count
    }
  }

  /// Bytes before the name where it stands as a word in a line of usual length.
  private static func place(of name: String, in line: Substring) -> Int? {
    guard line.utf8.count <= 1_000, !name.isEmpty else { return nil }
    return line.ranges(of: name).first { range in
      let before = line[..<range.lowerBound].last.map(isWord) ?? false
      let after = line[range.upperBound...].first.map(isWord) ?? false
      return !before && !after
    }.map { line.utf8.distance(from: line.startIndex, to: $0.lowerBound) }
  }

  private static func wordLength(_ text: ArraySlice<Character>) -> Int {
    max(1, text.prefix(while: isWord).count)
  }

  private static func isWord(_ character: Character) -> Bool {
    character == "_" || character.isLetter || character.isNumber
  }
}
