internal import Findings

/// Which patch of one version is which of the other.
///
/// As `git range-diff` does it, by what they change and not by their place: first those that change
/// the same, then the others so that as little as possible differs altogether. What is left then and
/// has the same subject is the same patch written anew.
struct PatchPairs {
  /// Indices into both series; every patch occurs once.
  let pairs: [(old: Int?, new: Int?)]

  /// What it costs to leave a patch without a partner, in hundredths of its lines; git's own factor.
  private static let creationFactor = 60

  init(_ old: SeriesVersion, _ new: SeriesVersion) {
    let (before, after) = (old.result.range.commits, new.result.range.commits)
    // A saved report has no patches; then the words of the subjects have to do.
    let hasLines = !old.patches.isEmpty && !new.patches.isEmpty
    let sides = (
      before.map { hasLines ? old.patches[$0.oid] ?? [] : Self.words($0.subject) },
      after.map { hasLines ? new.patches[$0.oid] ?? [] : Self.words($0.subject) }
    )
    var partner = [Int?](repeating: nil, count: after.count)
    var free = Array(before.indices)
    func pair(_ left: Int, _ right: Int) {
      partner[right] = left
      free.removeAll { $0 == left }
    }
    for right in after.indices {
      if let same = free.first(where: { sides.0[$0] == sides.1[right] }) { pair(same, right) }
    }
    let (left, right) = (free, after.indices.filter { partner[$0] == nil })
    let difference = hasLines ? new.difference : Self.differingWords
    let assignment = Assignment(
      costs: left.map { one in right.map { difference(sides.0[one], sides.1[$0]) } },
      left: left.map { sides.0[$0].count * Self.creationFactor / 100 },
      right: right.map { sides.1[$0].count * Self.creationFactor / 100 })
    for (index, other) in assignment.partners.enumerated() {
      if let other { pair(left[index], right[other]) }
    }
    for right in after.indices where partner[right] == nil {
      let same = free.first { before[$0].subject == after[right].subject }
      if let same { pair(same, right) }
    }
    pairs = after.indices.map { (partner[$0], $0) } + free.map { ($0, nil) }
  }

  private static func words(_ subject: String) -> [String] {
    subject.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
  }

  private static func differingWords(_ one: [String], _ other: [String]) -> Int {
    Set(one).symmetricDifference(other).count
  }
}
