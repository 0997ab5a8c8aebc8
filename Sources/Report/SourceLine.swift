/// One line of code as a terminal can show it, and where a column of it ends up.
struct SourceLine {
  /// Tabs as the kernel sees them, unprintable characters made visible, cut to `width`.
  let text: String
  /// Number of terminal columns before the marked character.
  let offset: Int

  /// Lines longer than this are cut around the marked column.
  static let width = 160
  private static let tab = 8

  /// - Parameters:
  ///   - line: without its line end.
  ///   - column: of the mark, in bytes from 1; the first visible character where it is nil or lies
  ///     in the indentation.
  init(_ line: Substring, column: Int?) {
    let indent = line.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
    let marked = max(indent, min((column ?? 1) - 1, line.utf8.count))
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
}
