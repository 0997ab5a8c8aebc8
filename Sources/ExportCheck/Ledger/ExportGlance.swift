/// A look at a file's bytes for what every export says: most files of a tree have none.
enum ExportGlance {
  private static let words = ["EXPORT_", "no_mangle", "#[export]", "DEFINE_BPF_DISPATCHER"]
    .map(ByteWord.init)

  /// False when `bytes` surely export nothing; O(n).
  static func mayExport(_ bytes: [UInt8]) -> Bool { words.contains { $0.stands(in: bytes) } }
}

/// A word to look for in texts.
///
/// Horspool: Practical fast searching in strings, Software: Practice and Experience 10 (1980). Of a
/// long text only every sixth byte or so is looked at.
struct ByteWord: Sendable {
  private let bytes: [UInt8]
  /// For each byte how far the word may move on when that byte stands at its end.
  private let steps: [Int]

  init(_ word: String) {
    bytes = Array(word.utf8)
    var steps = [Int](repeating: bytes.count, count: 256)
    for (index, byte) in bytes.dropLast().enumerated() {
      steps[Int(byte)] = bytes.count - 1 - index
    }
    self.steps = steps
  }

  /// True when the word stands in `text`.
  func stands(in text: [UInt8]) -> Bool {
    text.withUnsafeBufferPointer { text in
      bytes.withUnsafeBufferPointer { word in
        steps.withUnsafeBufferPointer { steps in
          var end = word.count - 1
          while end < text.count {
            if text[end] == word[word.count - 1],
              word.indices.allSatisfy({ text[end - word.count + 1 + $0] == word[$0] })
            {
              return true
            }
            end += steps[Int(text[end])]
          }
          return false
        }
      }
    }
  }
}
