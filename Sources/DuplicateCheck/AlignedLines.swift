/// Two functions side by side, by lines.
struct AlignedLines: Sendable {
  /// Pairs of a line of the new function and one of the old that say the same; 0 for no partner.
  let pairs: [[Int]]

  init(_ comparison: Comparison) {
    let (new, old) = (comparison.new, comparison.old)
    let votes = Self.votes(comparison)
    var result: [[Int]] = []
    var nextOld = old.item.startLine
    for line in new.item.startLine...max(new.item.startLine, new.item.endLine) {
      let partner = votes[line]?.filter { $0.key >= nextOld }
        .max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
      guard let partner else {
        result.append([line, 0])
        continue
      }
      while nextOld < partner {
        result.append([0, nextOld])
        nextOld += 1
      }
      result.append([line, partner])
      nextOld = partner + 1
    }
    while nextOld <= old.item.endLine {
      result.append([0, nextOld])
      nextOld += 1
    }
    pairs = result
  }

  /// For each line of the new function, how many of its tokens have their partner on which line.
  private static func votes(_ comparison: Comparison) -> [Int: [Int: Int]] {
    var votes: [Int: [Int: Int]] = [:]
    for (index, partner) in comparison.alignment.partners.enumerated() where partner >= 0 {
      let line = comparison.new.line(index)
      votes[line, default: [:]][comparison.old.line(Int(partner)), default: 0] += 1
    }
    return votes
  }
}
