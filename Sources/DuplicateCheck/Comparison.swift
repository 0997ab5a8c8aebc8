internal import CSyntax

/// How much of one function stands in another.
struct Comparison: Sendable {
  let new: Subject
  let old: Subject
  /// Partners of the new function's tokens in the old one, compared by meaning.
  let alignment: Alignment
  /// Share of the new function's tokens that stand in the old one, in order: 0…1.
  let containment: Double
  /// The same the other way round.
  let coverage: Double
  /// As `containment`, with every token weighted by how rare it is.
  let weighted: Double
  /// As `coverage`, with every token weighted by how rare it is.
  let weightedCoverage: Double
  /// Share of tokens that are spelt alike, of the new function's.
  let exact: Double
  /// Weights of the different rare names that both have in the same place, summed.
  let evidence: Double
  /// Share of the aligned locals that follow one renaming.
  let consistency: Double

  /// Twice the common part over both lengths: 1 for equals.
  var similarity: Double {
    let both = Double(new.count + old.count)
    return both == 0 ? 0 : 2 * Double(alignment.count) / both
  }

  init(
    _ new: Subject, _ old: Subject, rarity: Rarity, twins: Renaming.Twins = Renaming.Twins()
  ) {
    self.new = new
    self.old = old
    let renaming = Renaming(new, old, twins: twins)
    let a = new.form.tokens.indices.map { renaming.meaningOfNew($0, new) }
    let b = old.form.tokens.indices.map { renaming.meaningOfOld($0, old) }
    alignment = Alignment(a, b)
    containment = a.isEmpty ? 0 : Double(alignment.count) / Double(a.count)
    coverage = b.isEmpty ? 0 : Double(alignment.count) / Double(b.count)

    var (total, matched, evidence, spelt): (Float, Float, Float, Int) = (0, 0, 0, 0)
    var seen: Set<UInt32> = []
    for index in a.indices {
      let weight = rarity.weight(index, new)
      total += weight
      let partner = alignment.partners[index]
      guard partner >= 0 else { continue }
      matched += weight
      let token = new.form.tokens[index]
      if token.exact == old.form.tokens[Int(partner)].exact { spelt += 1 }
      if weight > 0.3, token.role != .string, seen.insert(a[index]).inserted { evidence += weight }
    }
    weighted = total == 0 ? 0 : Double(matched / total)
    let totalOld = old.form.tokens.indices.reduce(Float(0)) { $0 + rarity.weight($1, old) }
    weightedCoverage = totalOld == 0 ? 0 : min(1, Double(matched / totalOld))
    exact = a.isEmpty ? 0 : Double(spelt) / Double(a.count)
    self.evidence = Double(evidence)
    consistency = Self.consistency(new, old, alignment)
  }

  /// Each local of the new function should stand for one local of the old one.
  private static func consistency(_ new: Subject, _ old: Subject, _ alignment: Alignment) -> Double
  {
    var votes: [UInt16: [UInt16: Int]] = [:]
    var total = 0
    for (index, partner) in alignment.partners.enumerated() where partner >= 0 {
      let (a, b) = (new.form.tokens[index], old.form.tokens[Int(partner)])
      guard a.role == .local, b.role == .local else { continue }
      votes[a.slot, default: [:]][b.slot, default: 0] += 1
      total += 1
    }
    let agreeing = votes.values.reduce(0) { $0 + ($1.values.max() ?? 0) }
    return total == 0 ? 1 : Double(agreeing) / Double(total)
  }
}
