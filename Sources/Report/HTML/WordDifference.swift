/// Two lines of code word by word.
enum WordDifference {
  /// Both lines in parts, those marked that the other does not have in that order.
  ///
  /// The longest common subsequence of the words, in O(words²); lines of more than 200 words are
  /// marked whole where they differ.
  static func parts(_ left: String, _ right: String) -> (
    left: [HTMLComparison.Part], right: [HTMLComparison.Part]
  ) {
    let (a, b) = (words(left), words(right))
    guard left != right else { return (joined(a, Set(a.indices)), joined(b, Set(b.indices))) }
    guard a.count <= 200, b.count <= 200 else { return (joined(a, []), joined(b, [])) }
    var length = [[Int]](
      repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in a.indices.reversed() {
      for j in b.indices.reversed() {
        length[i][j] =
          a[i] == b[j] ? length[i + 1][j + 1] + 1 : max(length[i + 1][j], length[i][j + 1])
      }
    }
    var (i, j) = (0, 0)
    var common: (Set<Int>, Set<Int>) = ([], [])
    while i < a.count && j < b.count {
      if a[i] == b[j] {
        common.0.insert(i)
        common.1.insert(j)
        (i, j) = (i + 1, j + 1)
      } else if length[i + 1][j] >= length[i][j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return (joined(a, common.0), joined(b, common.1))
  }

  private static func joined(_ words: [Substring], _ common: Set<Int>) -> [HTMLComparison.Part] {
    var parts: [HTMLComparison.Part] = []
    for (index, word) in words.enumerated() {
      let isChanged = !common.contains(index) && !word.allSatisfy(\.isWhitespace)
      if let last = parts.indices.last, parts[last].isChanged == isChanged {
        parts[last].text += word
      } else {
        parts.append(.init(text: String(word), isChanged: isChanged))
      }
    }
    return parts
  }

  /// Names and numbers whole, everything else a character each.
  private static func words(_ line: String) -> [Substring] {
    var words: [Substring] = []
    var rest = line[...]
    while !rest.isEmpty {
      let name = rest.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
      words.append(name.isEmpty ? rest.prefix(1) : name)
      rest = rest.dropFirst(max(1, name.count))
    }
    return words
  }
}
