import CSyntax

/// The words in the bodies of a file's functions, callees of the same file included.
struct FunctionWords {
  private var words: [String: Set<String>] = [:]

  init(of file: SourceFile) {
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    for function in file.outline.functions {
      let range = max(0, function.startLine - 1)..<min(lines.count, function.endLine)
      guard !range.isEmpty else { continue }
      for line in lines[range] {
        words[function.name, default: []].formUnion(
          line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.lazy.map(String.init))
      }
    }
  }

  /// The words of a function and of everything in the file that it mentions.
  func closure(of name: String) -> Set<String> {
    var all: Set<String> = []
    var seen: Set<String> = [name]
    var waiting = [name]
    while let next = waiting.popLast() {
      for word in words[next] ?? [] {
        all.insert(word)
        if words[word] != nil, seen.insert(word).inserted { waiting.append(word) }
      }
    }
    return all
  }
}

/// The identifiers that stand anywhere in a text, comments and strings included.
struct WordSet {
  private var words: Set<String> = []

  init(_ bytes: [UInt8]) {
    var start: Int?
    for (index, byte) in bytes.enumerated() {
      let isWord =
        byte == UInt8(ascii: "_") || (byte | 32 >= 97 && byte | 32 <= 122)
        || (byte >= 48 && byte <= 57)
      if isWord {
        if start == nil { start = index }
      } else if let first = start {
        words.insert(String(decoding: bytes[first..<index], as: UTF8.self))
        start = nil
      }
    }
  }

  func contains(_ word: String) -> Bool { words.contains(word) }
}
