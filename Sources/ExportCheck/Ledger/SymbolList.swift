/// Symbols that must stay, such as a distribution's kernel ABI list.
///
/// One a line; `#` begins a comment, `[section]` lines of Android's and Red Hat's lists are passed
/// over, and a line of a `Module.symvers` counts for its symbol.
public struct SymbolList: Sendable, Equatable {
  /// Symbol → line of the list.
  public private(set) var lines: [String: Int] = [:]
  /// Lines that are no symbols, at most 20; the others were read all the same.
  public private(set) var faults: [ListError] = []

  /// Reads the text of a list, in O(n).
  ///
  /// - Throws: `ListError` when not one line is a symbol.
  public init(_ text: String, file: String) throws(ListError) {
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard let first = words.first else { continue }
      if first.hasPrefix("["), words.last?.hasSuffix("]") ?? false { continue }
      if words.count >= 4, first.hasPrefix("0x"), Self.isSymbol(words[1]) {
        add(String(words[1]), number)
      } else if words.count == 1, Self.isSymbol(first) {
        add(String(first), number)
      } else if faults.count < 20 {
        let found = line.prefix(40)
        faults.append(
          ListError(
            file: file, line: number,
            problem: "expected one symbol, found ‘\(found)\(found.count < line.count ? "…" : "")’"))
      }
    }
    guard lines.isEmpty else { return }
    throw faults.first
      ?? ListError(
        file: file, line: nil, problem: "lists no symbol; expected one a line, # for comments")
  }

  private mutating func add(_ symbol: String, _ line: Int) {
    if lines[symbol] == nil { lines[symbol] = line }
  }

  private static func isSymbol(_ word: Substring) -> Bool {
    guard let first = word.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return word.utf8.allSatisfy {
      $0 == 0x5F || $0 == 0x24 || $0 == 0x2E || (0x30...0x39).contains($0)
        || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
    }
  }
}
