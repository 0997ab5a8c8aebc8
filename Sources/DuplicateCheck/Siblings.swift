/// Tells files that are for one model each of the same line of hardware, or for one architecture
/// each: they are kept apart so that a change for one cannot break another.
enum Siblings {
  /// True when two paths differ only in words that carry a number behind the same letters, as
  /// `quill/qx310/qx310_dma.c` and `quill/qx420/qx420_dma.c` do, or are of two architectures.
  static func are(_ a: String, _ b: String) -> Bool {
    let (first, second) = (parts(a), parts(b))
    if first.count > 1, second.count > 1, first[0] == "arch", second[0] == "arch",
      first[1] != second[1]
    {
      return true
    }
    guard a != b, first.count == second.count else { return false }
    return zip(first, second).allSatisfy { $0 == $1 || isOtherModel($0, $1) }
  }

  private static func parts(_ path: String) -> [Substring] { path.split(separator: "/") }

  /// True when the words differ only in numbers behind the same letters, or where the order is
  /// another, when a word with a number stands in one and another of the same line in the other.
  private static func isOtherModel(_ a: Substring, _ b: Substring) -> Bool {
    let (first, second) = (words(a), words(b))
    if first.count == second.count,
      zip(first, second).allSatisfy({ $0 == $1 || line($0) != nil && line($0) == line($1) })
    {
      return true
    }
    let lines = Set(Set(second).subtracting(first).compactMap(line))
    return Set(first).subtracting(second).compactMap(line).contains { lines.contains($0) }
  }

  private static func words(_ part: Substring) -> [Substring] {
    part.split { "_.-".contains($0) }
  }

  /// The letters before a word's number; nil for a word that does not count models.
  private static func line(_ word: Substring) -> Substring? {
    let letters = word.prefix { $0.isLowercase }
    return letters.endIndex < word.endIndex && word[letters.endIndex].isNumber ? letters : nil
  }
}
