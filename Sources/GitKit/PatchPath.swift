/// File names as diffs write them: below `a/` and `b/`, quoted when they hold odd bytes.
enum PatchPath {
  /// The name of a `---` or `+++` line; nil for `/dev/null`.
  static func side(_ text: ArraySlice<UInt8>) -> String? {
    // diff puts a date after a tab, and git a tab after a name with blanks.
    let end =
      text.first == UInt8(ascii: "\"")
      ? endOfQuoted(text) : text.firstIndex(of: UInt8(ascii: "\t"))
    let name = text[..<(end ?? text.endIndex)]
    if name.elementsEqual("/dev/null".utf8) { return nil }
    return unquoted(name).flatMap { withoutFirstFolder($0[...]) }
  }

  /// The name of a `rename` or `copy` line, which has no `a/` before it.
  static func name(_ text: ArraySlice<UInt8>) -> String? { unquoted(text).map { path($0[...]) } }

  /// Both names of a `diff --git` line.
  ///
  /// Unquoted, they are told apart only by being equal; where they differ, other lines name them.
  static func pair(_ text: ArraySlice<UInt8>) -> (String?, String?) {
    if text.first == UInt8(ascii: "\""), let end = endOfQuoted(text) {
      let other = text[end...].dropFirst()
      return (
        unquoted(text[..<end]).flatMap { withoutFirstFolder($0[...]) },
        unquoted(other).flatMap { withoutFirstFolder($0[...]) }
      )
    }
    for space in text.indices where text[space] == UInt8(ascii: " ") {
      guard let old = withoutFirstFolder(text[..<space]),
        let quoted = unquoted(text[(space + 1)...]), let new = withoutFirstFolder(quoted[...])
      else { continue }
      if old == new { return (old, new) }
    }
    return (nil, nil)
  }

  /// Whether the path stays inside the tree.
  static func isInside(_ path: String) -> Bool {
    path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
      !["", ".", "..", ".git"].contains($0)
    }
  }

  private static func withoutFirstFolder(_ bytes: ArraySlice<UInt8>) -> String? {
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")), slash + 1 < bytes.endIndex
    else { return nil }
    return path(bytes[(slash + 1)...])
  }

  private static func path(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(gitBytes: $0) }.joined(separator: "/")
  }

  private static func endOfQuoted(_ text: ArraySlice<UInt8>) -> Int? {
    var index = text.startIndex + 1
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "\"") { return index + 1 }
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// Takes git's C-style quotes off; nil when they do not close.
  private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.first == UInt8(ascii: "\"") else { return Array(text) }
    guard endOfQuoted(text) == text.endIndex else { return nil }
    var bytes: [UInt8] = []
    var rest = text.dropFirst().dropLast()
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      let octal = rest.prefix(3).prefix { (0x30...0x37).contains($0) }
      if octal.count == 3 {
        bytes.append(octal.reduce(0) { $0 &<< 3 | ($1 & 7) })
        rest = rest.dropFirst(3)
      } else if let letter = rest.popFirst() {
        bytes.append(escapes[letter] ?? letter)
      }
    }
    return bytes
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
    UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
  ]
}
