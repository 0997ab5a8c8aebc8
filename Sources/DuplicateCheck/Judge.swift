internal import CSyntax

/// Decides whether what two functions have in common is a copy that a reviewer would object to.
///
/// Containment alone is no reason: three in ten functions of a kernel have a twin in shape. The
/// weight of rare names decides, and the thresholds rise with distance and for idioms.
struct Judge: Sendable {
  let rarity: Rarity

  /// What is asked of a pair.
  struct Demand: Sendable {
    var containment = 0.68
    var weighted = 0.58
    var evidence = 2.5
    /// Share of the old function that must be in the new one.
    var coverage = 0.45
    var consistency = 0.68
  }

  /// Fewer tokens than this are too few to stand on their own.
  static let smallest = 36

  /// The demand on a pair, given where the two stand and what they are.
  func demand(_ comparison: Comparison) -> Demand {
    var demand = Demand()
    let nearness = Nearness(comparison.new.path, comparison.old.path)
    let sameName = NameLikeness(comparison.new, comparison.old).isSame
    if nearness == .far, !sameName {
      demand.weighted += 0.08
      demand.evidence += 1.5
    }
    switch Idiom(comparison.new) {
    case .mapping, .wrapper:
      demand.weighted = 0.9
      demand.evidence += 3
      demand.containment = 0.9
    case .lifecycle:
      demand.weighted += 0.22
      demand.evidence += 2.5
      demand.containment = 0.8
    case nil: break
    }
    return demand
  }

  /// True when the new function is a copy of the old one.
  func isDuplicate(_ comparison: Comparison) -> Bool {
    guard min(comparison.new.count, comparison.old.count) >= Self.smallest else { return false }
    if isVerbatim(comparison) { return true }
    let demand = demand(comparison)
    return comparison.containment >= demand.containment
      && comparison.weighted >= demand.weighted && comparison.evidence >= demand.evidence
      && comparison.coverage >= demand.coverage && comparison.consistency >= demand.consistency
  }

  /// A copy letter by letter needs no rare names when it is long and of its own shape.
  private func isVerbatim(_ comparison: Comparison) -> Bool {
    comparison.exact >= 0.95 && comparison.coverage >= 0.9 && comparison.new.count >= 80
      && Idiom(comparison.new) == nil
  }

  /// True when the new function was copied together with one that is a copy already.
  ///
  /// Companions may be small, for they are not the reason of the finding.
  func isCompanion(_ comparison: Comparison) -> Bool {
    let sameName = NameLikeness(comparison.new, comparison.old).isSame
    guard comparison.new.count >= 8, comparison.coverage >= 0.5, comparison.consistency >= 0.7
    else { return false }
    return sameName
      ? comparison.containment >= 0.7 && comparison.weighted >= 0.6
      : comparison.containment >= 0.85 && comparison.weighted >= 0.8 && comparison.evidence >= 1
  }
}
