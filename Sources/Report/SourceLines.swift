internal import Findings

/// Lines of source texts, each text split only once.
struct SourceLines {
  private struct Key: Hashable {
    var file: String
    var commit: String?
    var isOld: Bool
  }

  private let sources: any SourceText
  private var split: [Key: [Substring]] = [:]

  init(_ sources: any SourceText) { self.sources = sources }

  /// Line `number`, from 1, without its end; nil where there is no such line or no text.
  mutating func line(_ number: Int, of file: String, at commit: String?, side: Finding.Side)
    -> Substring?
  {
    let key = Key(file: file, commit: commit, isOld: side == .old)
    let lines: [Substring]
    if let known = split[key] {
      lines = known
    } else {
      // "\r\n" is one Character, so the bytes are looked at, not the characters.
      let text = sources.text(of: file, at: commit, side: side) ?? ""
      lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map { Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
      split[key] = lines
    }
    return lines.indices.contains(number - 1) ? lines[number - 1] : nil
  }
}
