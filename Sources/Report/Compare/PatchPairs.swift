internal import Findings

/// Which patch of one version is which of the other.
///
/// As `git range-diff` does it, by what they change and not by their place: first those of the same
/// subject, then the most alike of the rest, if they are more alike than not.
struct PatchPairs {
  /// Indices into both series; every patch occurs once.
  let pairs: [(old: Int?, new: Int?)]

  init(_ old: SeriesVersion, _ new: SeriesVersion) {
    let (before, after) = (old.result.range.commits, new.result.range.commits)
    var partner = [Int?](repeating: nil, count: after.count)
    var free = Set(before.indices)
    func pair(_ left: Int, _ right: Int) {
      partner[right] = left
      free.remove(left)
    }
    for right in after.indices {
      let same = before.indices.first {
        free.contains($0) && before[$0].subject == after[right].subject
      }
      if let same { pair(same, right) }
    }
    var candidates: [(likeness: Double, left: Int, right: Int)] = []
    for right in after.indices where partner[right] == nil {
      for left in free {
        let likeness = Self.likeness(
          before[left], old.changes[before[left].oid], after[right], new.changes[after[right].oid])
        if likeness > 0.5 { candidates.append((likeness, left, right)) }
      }
    }
    // The likest first; among equals the order of the series decides.
    for candidate in candidates.sorted(by: {
      ($1.likeness, $0.right, $0.left) < ($0.likeness, $1.right, $1.left)
    })
    where partner[candidate.right] == nil && free.contains(candidate.left) {
      pair(candidate.left, candidate.right)
    }
    pairs =
      after.indices.map { (partner[$0], $0) } + free.sorted().map { ($0, nil) }
  }

  /// The share of lines that two patches have in common (Dice 1945), or of words of their subjects
  /// where no lines are known.
  private static func likeness(
    _ old: ReviewResult.Commit, _ before: Set<String>?, _ new: ReviewResult.Commit,
    _ after: Set<String>?
  ) -> Double {
    if let before, let after, !before.isEmpty, !after.isEmpty { return dice(before, after) }
    func words(_ subject: String) -> Set<String> {
      Set(subject.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    }
    return dice(words(old.subject), words(new.subject))
  }

  private static func dice(_ one: Set<String>, _ other: Set<String>) -> Double {
    guard !one.isEmpty || !other.isEmpty else { return 0 }
    return 2 * Double(one.intersection(other).count) / Double(one.count + other.count)
  }
}
