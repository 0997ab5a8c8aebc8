/// Reads the files of a unified diff, line by line.
struct PatchParser {
  private let lines: [ArraySlice<UInt8>]
  private var next = 0
  private var found: [Patch.File] = []

  /// - Parameter bytes: lines end in a newline, which they keep.
  init(_ bytes: [UInt8]) { lines = Self.lines(of: bytes) }

  static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  mutating func files() -> [Patch.File] {
    while next < lines.count {
      if let names = value(after: "diff --git ") {
        next += 1
        gitFile(names)
      } else if startsPlainFile {
        var file = Patch.File(kind: .modified)
        names(of: &file)
        hunks(of: &file)
      } else {
        if HunkHead(lines[next]) != nil { orphan() }
        next += 1
      }
    }
    return found
  }

  /// A hunk without a file above it: what it changes cannot be told, so it must not go unseen.
  private mutating func orphan() {
    let damage = "the hunk at line \(next + 1) of the patch has no file's name above it"
    found.append(Patch.File(kind: .modified, newPath: found.last?.path ?? "?", damage: damage))
  }

  // MARK: Heads

  /// What follows a word at the beginning of the current line, without the end of the line.
  private func value(after word: StaticString) -> ArraySlice<UInt8>? {
    guard next < lines.count else { return nil }
    let line = lines[next]
    let count = word.utf8CodeUnitCount
    guard line.starts(with: UnsafeBufferPointer(start: word.utf8Start, count: count)) else {
      return nil
    }
    var rest = line.dropFirst(count)
    while let last = rest.last, last == 0x0a || last == 0x0d { rest.removeLast() }
    return rest
  }

  /// A file without git's own head: `---`, `+++` and a hunk.
  private var startsPlainFile: Bool {
    guard next + 2 < lines.count else { return false }
    return lines[next].starts(with: "--- ".utf8) && lines[next + 1].starts(with: "+++ ".utf8)
      && HunkHead(lines[next + 2]) != nil
  }

  private mutating func gitFile(_ names: ArraySlice<UInt8>) {
    var file = Patch.File(kind: .modified)
    (file.oldPath, file.newPath) = PatchPath.pair(names)
    while next < lines.count {
      if let mode = value(after: "old mode ") {
        file.oldMode = Self.mode(mode)
      } else if let mode = value(after: "new mode ") {
        file.newMode = Self.mode(mode)
      } else if let mode = value(after: "new file mode ") {
        (file.kind, file.oldPath, file.newMode) = (.added, nil, Self.mode(mode))
      } else if let mode = value(after: "deleted file mode ") {
        (file.kind, file.newPath, file.oldMode) = (.deleted, nil, Self.mode(mode))
      } else if let name = value(after: "rename from ") {
        (file.kind, file.oldPath) = (.renamed, PatchPath.name(name))
      } else if let name = value(after: "rename to ") {
        (file.kind, file.newPath) = (.renamed, PatchPath.name(name))
      } else if let name = value(after: "copy from ") {
        (file.kind, file.oldPath) = (.copied, PatchPath.name(name))
      } else if let name = value(after: "copy to ") {
        (file.kind, file.newPath) = (.copied, PatchPath.name(name))
      } else if let ids = value(after: "index ") {
        index(ids, of: &file)
      } else if value(after: "similarity index ") == nil
        && value(after: "dissimilarity index ") == nil
      {
        break
      }
      next += 1
    }
    if value(after: "GIT binary patch") != nil || value(after: "Binary files ") != nil {
      file.isBinary = true
      next += 1
    } else if startsPlainFile {
      self.names(of: &file)
    }
    hunks(of: &file)
  }

  /// `index 1234abc..5678def 100644`.
  private func index(_ ids: ArraySlice<UInt8>, of file: inout Patch.File) {
    let words = String(decoding: ids, as: UTF8.self).split(separator: " ")
    if let id = words.first?.prefix(while: { $0 != "." }), id.allSatisfy(\.isHexDigit),
      id.count >= 4, id.contains(where: { $0 != "0" })
    {
      file.oldID = String(id)
    }
    if let ids = words.first?.components {
      file.isOldEmpty = Self.emptyBlob.hasPrefix(ids.old)
      file.isNewEmpty = Self.emptyBlob.hasPrefix(ids.new)
      file.changesContent = ids.old != ids.new
    }
    if words.count > 1 {
      let mode = Self.mode(words[1].utf8)
      (file.oldMode, file.newMode) = (file.oldMode ?? mode, file.newMode ?? mode)
    }
  }

  /// Git's name of a file without content.
  private static let emptyBlob = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"

  /// The `---` and `+++` lines.
  private mutating func names(of file: inout Patch.File) {
    let old = value(after: "--- ").flatMap { PatchPath.side($0) }
    next += 1
    let new = value(after: "+++ ").flatMap { PatchPath.side($0) }
    next += 1
    if file.kind == .renamed || file.kind == .copied { return }
    if old == nil && new != nil { file.kind = .added }
    if new == nil && old != nil { file.kind = .deleted }
    (file.oldPath, file.newPath) = (old, new)
    if file.kind == .modified, let new { file.oldPath = new }
  }

  private static func mode(_ digits: some Sequence<UInt8>) -> FileMode? {
    UInt32(String(decoding: Array(digits), as: UTF8.self), radix: 8).flatMap { FileMode($0) }
  }

  // MARK: Hunks

  /// The hunks that follow, and with them the file is complete.
  private mutating func hunks(of file: inout Patch.File) {
    while next < lines.count, let head = HunkHead(lines[next]) {
      let start = next
      next += 1
      guard let hunk = hunk(head) else {
        file.damage = "hunk \(file.hunks.count + 1), at line \(start + 1) of the patch, is cut off"
        break
      }
      file.hunks.append(hunk)
    }
    if file.damage == nil { file.damage = missing(in: file) ?? surplus }
    if file.oldPath == nil && file.newPath == nil {
      file.damage = "no name can be read above line \(next + 1) of the patch"
    }
    found.append(file)
  }

  /// Why a head without hunks is too little; nil when it says all there is to say.
  private func missing(in file: Patch.File) -> String? {
    guard file.hunks.isEmpty, !file.isBinary else { return nil }
    let isEmpty = file.kind == .added ? file.isNewEmpty : file.isOldEmpty
    switch file.kind {
    case .added, .deleted: return isEmpty ? nil : "its content is cut off"
    case .modified:
      return file.oldMode != file.newMode ? nil : "the patch names it, but its hunks are cut off"
    case .renamed, .copied:
      return file.changesContent ? "the patch changes it, but its hunks are cut off" : nil
    }
  }

  /// A line behind the last hunk that can only be more of it; nil when there is none.
  private var surplus: String? {
    guard next < lines.count, !startsPlainFile else { return nil }
    var line = lines[next]
    while let last = line.last, [0x0a, 0x0d, 0x20].contains(last) { line.removeLast() }
    // The signature of a mail stands there too.
    guard let first = line.first, !line.elementsEqual("--".utf8),
      first == UInt8(ascii: "+") || first == UInt8(ascii: "-") || first == UInt8(ascii: " ")
        || line.starts(with: "@@".utf8)
    else { return nil }
    return "line \(next + 1) of the patch goes on where its last hunk should end"
  }

  private mutating func hunk(_ head: HunkHead) -> Patch.Hunk? {
    var hunk = Patch.Hunk(oldStart: head.oldStart, newStart: head.newStart)
    var (old, new) = (head.oldCount, head.newCount)
    while old > 0 || new > 0 {
      guard next < lines.count else { return nil }
      let line = lines[next]
      // Mail programs take the blank from an empty line of context.
      let isBare = line.first == 0x0a || line.starts(with: [0x0d, 0x0a])
      guard let kind = isBare ? .context : Patch.Hunk.Kind(rawValue: line.first ?? 0) else {
        guard line.first == 0x5c, endWithoutNewline(&hunk) else { return nil }
        continue
      }
      if kind != .added { old -= 1 }
      if kind != .deleted { new -= 1 }
      guard old >= 0, new >= 0 else { return nil }
      var bytes = Array(isBare ? line : line.dropFirst())
      // A mail may lose its last line end; a file without one has the mark for it.
      if bytes.last != 0x0a { bytes.append(0x0a) }
      hunk.lines.append(.init(kind: kind, bytes: bytes))
      next += 1
    }
    if next < lines.count, lines[next].first == 0x5c { _ = endWithoutNewline(&hunk) }
    return hunk
  }

  /// `\ No newline at end of file`, about the line before.
  private mutating func endWithoutNewline(_ hunk: inout Patch.Hunk) -> Bool {
    guard var line = hunk.lines.popLast() else { return false }
    if line.bytes.last == 0x0a { line.bytes.removeLast() }
    hunk.lines.append(line)
    next += 1
    return true
  }
}

/// `@@ -OLD,COUNT +NEW,COUNT @@`, where a count of one may be left out.
private struct HunkHead {
  var oldStart = 0
  var oldCount = 1
  var newStart = 0
  var newCount = 1

  init?(_ line: ArraySlice<UInt8>) {
    guard line.starts(with: "@@ -".utf8) else { return nil }
    let words = String(decoding: line.prefix(80), as: UTF8.self).split(separator: " ")
    guard words.count >= 4, words[3].hasPrefix("@@"), words[2].hasPrefix("+") else { return nil }
    guard let old = Self.range(words[1].dropFirst()), let new = Self.range(words[2].dropFirst())
    else { return nil }
    (oldStart, oldCount) = old
    (newStart, newCount) = new
  }

  private static func range(_ text: Substring) -> (Int, Int)? {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false)
    guard let start = Int32(numbers[0]), start >= 0, numbers.count < 3 else { return nil }
    if numbers.count == 1 { return (Int(start), 1) }
    return Int32(numbers[1]).flatMap { $0 < 0 ? nil : (Int(start), Int($0)) }
  }
}

extension Substring {
  /// Both sides of `1234abc..5678def`.
  fileprivate var components: (old: String, new: String)? {
    guard let dots = firstRange(of: "..") else { return nil }
    let (old, new) = (self[..<dots.lowerBound], self[dots.upperBound...])
    return old.count < 4 || new.count < 4 ? nil : (String(old), String(new))
  }
}
