/// The text of a patch mail: in-body header, commit message, remarks below `---`, diff.
struct PatchBody {
  /// `From:`, `Subject:` and `Date:` on top of the text, which count more than the mail's own.
  private(set) var inner: [String: String] = [:]
  private(set) var message = ""
  private(set) var diffs: [[UInt8]] = []
  private(set) var diffstat: Diffstat?
  private(set) var baseCommit: String?
  private(set) var prerequisites = 0
  /// The part that has the diff was sent as format=flowed.
  private(set) var isFlowed = false
  /// What is wrong with a part that may have held more.
  private(set) var damage: String?

  var hasDiff: Bool { !diffs.isEmpty }

  init(_ parts: [BodyPart]) {
    var texts: [[UInt8]] = []
    for part in parts where !part.isHTML {
      let text = Self.readable(part)
      if part.isFlowed, Self.startOfDiff(text) != nil { isFlowed = true }
      if !part.isWhole { damage = "the mail is cut off, or its encoding is damaged" }
      texts.append(text)
    }
    let readable = Array(texts.joined(separator: [0x0a]))
    let raw = Array(parts.filter { !$0.isHTML }.map(\.bytes).joined(separator: [0x0a]))
    read(readable)
    addDiffs(raw: raw, readable: readable)
  }

  /// The part in UTF-8, lines ending in a newline alone.
  private static func readable(_ part: BodyPart) -> [UInt8] {
    let converted = Charset.utf8(part.bytes, from: part.charset) ?? part.bytes
    return ByteLines.withoutCarriageReturns(converted)
  }

  /// Where the patch begins: the first byte of the first `diff --git` or `---`/`+++`/`@@`.
  static func startOfDiff(_ text: [UInt8]) -> Int? {
    let lines = ByteLines.split(text[...])
    for (index, line) in lines.enumerated() {
      if line.starts(with: "diff --git ".utf8) { return line.startIndex }
      if line.starts(with: "@@ -".utf8) {
        let isHeaded =
          index > 1 && lines[index - 2].starts(with: "--- ".utf8)
          && lines[index - 1].starts(with: "+++ ".utf8)
        return lines[isHeaded ? index - 2 : index].startIndex
      }
    }
    return nil
  }

  private mutating func addDiffs(raw: [UInt8], readable: [UInt8]) {
    let start = Self.startAfterScissors
    // Lines end as the mail's own do, or as the file's own; both may be meant.
    let candidates =
      raw == readable ? [raw] : [ByteLines.withoutCarriageReturns(raw), raw, readable]
    for candidate in candidates.map(start) {
      guard let start = Self.startOfDiff(candidate) else { continue }
      let diff = Array(candidate[start...])
      if !diffs.contains(diff) { diffs.append(diff) }
    }
  }

  /// The text below a scissors line that stands above the diff; all of it where there is none.
  private static func startAfterScissors(_ text: [UInt8]) -> [UInt8] {
    let end = startOfDiff(text) ?? text.count
    var start = 0
    for line in ByteLines.split(text[..<end]) where Scissors.isScissors(line) {
      start = line.endIndex
    }
    return Array(text[start...])
  }

  private mutating func read(_ whole: [UInt8]) {
    let text = Self.startAfterScissors(whole)
    let end = Self.startOfDiff(text) ?? text.count
    var lines: [String] = []
    var isBelowMessage = false
    var listed = 0
    for line in ByteLines.split(text[..<end]) {
      let line = String(decoding: ByteLines.content(line), as: UTF8.self)
      if line == "---" { isBelowMessage = true }
      if let stat = Diffstat(line) { diffstat = stat }
      if isBelowMessage {
        listed += Diffstat.isFile(line) ? 1 : 0
      } else {
        lines.append(line)
      }
    }
    if listed > diffstat?.files ?? 0 {
      diffstat = Diffstat(
        files: listed, insertions: diffstat?.insertions ?? 0, deletions: diffstat?.deletions ?? 0)
    }
    if let last = ByteLines.split(text[..<end]).last, end < text.count, Self.isOfHunk(last) {
      damage = "the lines above its diff are the rest of another"
    }
    takeInnerHeader(&lines)
    message = lines.joined(separator: "\n").trimmed
    readTrailers(text)
  }

  /// Whether a line directly above a diff can only be the end of a hunk whose head was lost.
  private static func isOfHunk(_ line: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: ByteLines.content(line), as: UTF8.self)
    guard let first = text.first, "+- ".contains(first), !text.trimmed.isEmpty else { return false }
    return text != "---" && Diffstat(text) == nil && !Diffstat.isFile(text)
  }

  private mutating func takeInnerHeader(_ lines: inout [String]) {
    var rest = lines[...].drop { $0.trimmed.isEmpty }
    while let line = rest.first, let colon = line.firstIndex(of: ":") {
      let name = line[..<colon].lowercased()
      guard ["from", "subject", "date"].contains(name) else { break }
      inner[name] = EncodedWords.decoded(line[line.index(after: colon)...].trimmed)
      rest = rest.dropFirst()
    }
    lines = Array(rest)
  }

  /// `base-commit:` and what it needs besides, which git puts below the diff or the cover letter.
  private mutating func readTrailers(_ text: [UInt8]) {
    for line in ByteLines.split(text[...]) {
      if line.starts(with: "base-commit: ".utf8) {
        let id = String(decoding: ByteLines.content(line).dropFirst(13), as: UTF8.self).trimmed
        if id.utf8.count == 40, id.allSatisfy(\.isHexDigit) { baseCommit = id.lowercased() }
      } else if line.starts(with: "prerequisite-patch-id: ".utf8) {
        prerequisites += 1
      }
    }
  }
}

/// A line such as `-- >8 --`, above which nothing belongs to the patch.
enum Scissors {
  /// By git mailinfo's rule: besides dashes and blanks only scissors, and enough of the line.
  static func isScissors(_ line: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: ByteLines.content(line), as: UTF8.self).trimmed
    guard text.count >= 8, text.first == "-" || text.first == ">" || text.first == "8" else {
      return false
    }
    let marks = ["8<", ">8", "8<", "%<", ">%"]
    var rest = text[...]
    var hasScissors = false
    while let first = rest.first {
      if marks.contains(where: rest.hasPrefix) {
        hasScissors = true
        rest = rest.dropFirst(2)
      } else if first == "-" || first == " " {
        rest = rest.dropFirst()
      } else {
        // `-- >8 -- cut here -- >8 --` has words between.
        return hasScissors && text.count { $0 == "-" } >= 4 && text.hasSuffix("-")
      }
    }
    return hasScissors
  }
}
