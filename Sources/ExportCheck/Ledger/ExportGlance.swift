/// A look at a file's bytes for what every export says: most files of a tree have none.
enum ExportGlance {
  private static let words: [[UInt8]] = [
    "EXPORT_", "no_mangle", "#[export]", "DEFINE_BPF_DISPATCHER",
  ].map { Array($0.utf8) }

  /// False when `bytes` surely export nothing; O(n).
  static func mayExport(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in words.contains { contains($0, in: buffer) } }
  }

  /// Looks for the last byte of `word` and compares backwards.
  private static func contains(_ word: [UInt8], in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= word.count, let last = word.last else { return false }
    var index = word.count - 1
    while index < bytes.count {
      if bytes[index] == last {
        var back = 1
        while back < word.count, bytes[index - back] == word[word.count - 1 - back] { back += 1 }
        if back == word.count { return true }
      }
      index += 1
    }
    return false
  }
}
