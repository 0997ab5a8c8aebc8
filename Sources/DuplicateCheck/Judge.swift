internal import CSyntax

/// Decides whether what two functions have in common is a copy.
///
/// Containment alone is no reason: three in ten functions of a kernel have a twin in shape. The
/// weight of rare names decides. Two questions are asked: whether a function is a copy at all, and
/// whether it is one that a reviewer would object to; the second asks more, the more so the less
/// the two could share code, and of idioms most.
struct Judge: Sendable {
  let rarity: Rarity

  /// What is asked of a pair.
  struct Demand: Sendable {
    var containment: Double
    /// Share of the new function's rarity that must be in the old one.
    var weighted: Double
    /// Sum of the rarity of different names in common.
    var evidence: Double
    /// Share of the old function that must be in the new one.
    var coverage: Double
    var consistency = 0.68

    static let copy = Demand(containment: 0.68, weighted: 0.58, evidence: 1.6, coverage: 0.45)

    func isMet(by pair: Comparison) -> Bool {
      pair.containment >= containment && pair.weighted >= weighted && pair.evidence >= evidence
        && pair.coverage >= coverage && pair.consistency >= consistency
    }
  }

  /// Fewer tokens than this are too few to stand on their own.
  static let smallest = 36

  // MARK: A copy at all

  /// True when the new function is a copy of the old one.
  func isCopy(_ pair: Comparison) -> Bool {
    guard min(pair.new.count, pair.old.count) >= Self.smallest else { return false }
    if isVerbatim(pair) { return true }
    var demand = Demand.copy
    switch Idiom(pair.new) {
    case .mapping, .wrapper:
      demand.weighted = 0.9
      demand.evidence = 4
      demand.containment = 0.9
    case .lifecycle:
      demand.weighted = 0.72
      demand.evidence = 3
      demand.containment = 0.75
    case nil:
      if Nearness(pair.new.path, pair.old.path) == .far, !isSameName(pair) {
        demand.weighted = 0.64
      }
    }
    return demand.isMet(by: pair)
  }

  /// A copy letter by letter needs no rare names when it is long and of its own shape.
  private func isVerbatim(_ pair: Comparison) -> Bool {
    pair.exact >= 0.95 && pair.coverage >= 0.9 && pair.new.count >= 80 && Idiom(pair.new) == nil
  }

  private func isSameName(_ pair: Comparison) -> Bool { NameLikeness(pair.new, pair.old).isSame }

  // MARK: A copy to object to

  /// True when the new function is a copy that a reviewer would object to.
  func isObjectionable(_ pair: Comparison) -> Bool {
    guard isCopy(pair), !Self.isTest(pair.new.path), !Self.isTest(pair.old.path) else {
      return false
    }
    if isVerbatim(pair) { return true }
    let sameName = isSameName(pair)
    var demand = Demand(
      containment: 0.82, weighted: 0.72, evidence: sameName ? 2 : 2.6, coverage: 0.5)
    switch Nearness(pair.new.path, pair.old.path) {
    case .file:
      // Twins side by side were mostly written that way on purpose, for reading and writing, say.
      demand.weighted = 0.92
      demand.evidence = 4
      demand.containment = 0.95
      demand.coverage = 0.8
    case .folder: break
    case .subsystem: demand.evidence = sameName ? 2.4 : 3
    case .far:
      demand.weighted = 0.78
      demand.evidence = sameName ? 2.6 : 4
    }
    if Idiom(pair.new) != nil {
      demand.weighted += 0.1
      demand.evidence += 2
    } else if pair.new.isOperation {
      demand.weighted += 0.05
      demand.evidence += 1.5
    }
    return demand.isMet(by: pair)
  }

  /// In how many other files the tree has `subject` as a whole.
  func filesWithWhole(_ subject: Subject, among pairs: [Comparison]) -> Int {
    let whole = pairs.filter {
      $0.old.path != subject.path && $0.containment >= 0.8 && $0.coverage >= 0.8
        && $0.weighted >= 0.72
    }
    return Set(whole.map(\.old.path)).count
  }

  /// Tests repeat themselves so that each can be read alone.
  static func isTest(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return parts.contains { $0 == "tests" || $0 == "selftests" || $0 == "test" || $0 == "kunit" }
      || (parts.last.map { $0.contains("test") || $0.contains("kunit") } ?? false)
  }

  /// True when the new function was copied together with one that is a copy already.
  ///
  /// Companions may be small, for they are not the reason of the finding.
  func isCompanion(_ pair: Comparison) -> Bool {
    guard pair.new.count >= 8, pair.coverage >= 0.5, pair.consistency >= 0.7 else { return false }
    return isSameName(pair)
      ? pair.containment >= 0.7 && pair.weighted >= 0.6
      : pair.containment >= 0.85 && pair.weighted >= 0.8 && pair.evidence >= 1
  }
}
