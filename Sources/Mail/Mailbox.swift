internal import Foundation

/// Where mails come from: an mbox, one mail, a maildir, or a folder of patch files.
public enum Mailbox {
  /// The messages of a file, in its order, as bytes.
  ///
  /// - Parameter bytes: an mbox of any kind, one mail, or a bare patch.
  /// - Throws: `MailError.compressed`.
  public static func messages(in bytes: [UInt8], named name: String) throws(MailError) -> [[UInt8]]
  {
    if bytes.starts(with: [0x1f, 0x8b]) { throw .compressed(name: name) }
    var starts: [Int] = []
    for line in ByteLines.split(bytes[...]) where isEnvelope(line) {
      starts.append(line.startIndex)
    }
    guard let first = starts.first else { return bytes.isEmpty ? [] : [bytes] }
    // What stands before the first envelope is a message only if there is more than blanks.
    if bytes[..<first].contains(where: { $0 > 0x20 }) { starts.insert(0, at: 0) }
    let ends = starts.dropFirst() + [bytes.count]
    return zip(starts, ends).map { Array(bytes[$0..<$1]) }
  }

  /// The messages of a file or folder on disk.
  ///
  /// A maildir gives those of `new` and `cur`; any other folder its files that end in `.patch`,
  /// `.eml`, `.mbox` or `.mbx`, by name.
  public static func messages(at path: String) throws(MailError) -> [[UInt8]] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .unreadable(path: path, reason: "there is no such file")
    }
    guard isFolder.boolValue else { return try messages(in: bytes(of: path), named: path) }
    var found: [[UInt8]] = []
    for file in files(in: path) { found += try messages(in: bytes(of: file), named: file) }
    return found
  }

  private static func files(in folder: String) -> [String] {
    func names(_ folder: String) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { !$0.hasPrefix(".") }.sorted().map { folder + "/" + $0 }
    }
    let isMaildir = ["cur", "new"].contains {
      FileManager.default.fileExists(atPath: folder + "/" + $0)
    }
    if isMaildir { return names(folder + "/new") + names(folder + "/cur") }
    return names(folder).filter { name in
      [".patch", ".eml", ".mbox", ".mbx"].contains { name.hasSuffix($0) }
    }
  }

  private static func bytes(of path: String) throws(MailError) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
  }

  /// A line `From WHO WEEKDAY MONTH DAY HH:MM:SS YEAR`, by the rule of git mailsplit: a time of
  /// day and a year after it.
  static func isEnvelope(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count > 20, line.count < 500, line.starts(with: "From ".utf8) else { return false }
    let words = String(decoding: ByteLines.content(line), as: UTF8.self).split(separator: " ")
    guard
      let time = words.lastIndex(where: { word in
        let fields = word.split(separator: ":", omittingEmptySubsequences: false)
        return (2...3).contains(fields.count) && fields.allSatisfy { UInt8($0) != nil }
      })
    else { return false }
    return words[time...].dropFirst().contains { (Int($0) ?? 0) > 1969 && $0.count == 4 }
  }

  /// The commit that an envelope names; all zeros name none.
  static func envelopeCommit(_ line: ArraySlice<UInt8>) -> String? {
    guard isEnvelope(line) else { return nil }
    let word = String(decoding: line.dropFirst(5).prefix { $0 != 0x20 }, as: UTF8.self)
    guard word.utf8.count == 40, word.allSatisfy(\.isHexDigit), word.contains(where: { $0 != "0" })
    else { return nil }
    return word.lowercased()
  }
}
