import Findings

/// A finding type as a user may write it: in any case, with dashes or underscores.
struct TypeName {
  let type: FindingType

  /// - Throws: `UsageError` with the nearest name that exists.
  init(_ word: String) throws(UsageError) {
    let name = word.uppercased().replacing("-", with: "_")
    if let type = FindingType(rawValue: name) {
      self.type = type
      return
    }
    let nearest = FindingType.allCases.map(\.rawValue)
      .map { (name: $0, distance: Self.distance(name, $0)) }
      .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
    var sentence = "there is no finding type '\(word)'."
    // A guess that changes more than half of the word helps nobody.
    if let nearest, nearest.distance <= max(3, name.count / 2) {
      sentence += " Did you mean \(nearest.name)?"
    }
    throw UsageError(sentence + " 'lockstep list-types' prints them all.")
  }

  /// Insertions, deletions and replacements between two words (Levenshtein 1966), in
  /// O(|left| · |right|).
  private static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8.prefix(100))
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (i, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in right.indices {
        let replaced = diagonal + (byte == right[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
      }
    }
    return row[right.count]
  }
}
