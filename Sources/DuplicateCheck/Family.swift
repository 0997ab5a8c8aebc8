internal import CSyntax

/// Functions of one new file that repeat functions of one old file: one finding.
struct Family: Sendable {
  let newPath: String
  let oldPath: String
  /// The pairs, the strongest first.
  var pairs: [Comparison]

  /// The pair that the finding stands at.
  var head: Comparison { pairs[0] }
  /// The further pairs, in the order of the new file.
  var companions: ArraySlice<Comparison> { pairs[1...] }
}

/// Puts pairs of copies together and finds what was copied along with them.
struct FamilyBuilder: Sendable {
  let judge: Judge
  let functions: AddedFunctions

  /// Families of `anchors`, pairs of which each is a reason of its own.
  ///
  /// - Parameters:
  ///   - open: Added functions that may be companions.
  ///   - file: The functions of an old file.
  func families(
    of anchors: [Comparison], open: [Subject], file: (String) -> SubjectFile?
  ) -> [Family] {
    var groups: [[String]: [Comparison]] = [:]
    for anchor in anchors {
      groups[[anchor.new.path, anchor.old.path], default: []].append(anchor)
    }
    var result: [Family] = []
    for key in groups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      var pairs = groups[key]!
      if let old = file(key[1]) {
        pairs = extended(pairs, with: open.filter { $0.path == key[0] }, from: old)
      }
      result.append(Family(newPath: key[0], oldPath: key[1], pairs: Self.sorted(pairs)))
    }
    return result
  }

  /// Adds companions until there are no more: each pair may be what another one calls.
  private func extended(_ anchors: [Comparison], with open: [Subject], from old: SubjectFile)
    -> [Comparison]
  {
    var pairs = anchors
    let candidates = old.outline.functions.filter { functions.existed($0.name, in: old.path) }
      .map(old.subject)
    for _ in 0..<4 {
      var twins = Renaming.Twins()
      for pair in pairs { twins.insert(new: pair.new.name, old: pair.old.name) }
      let taken = Set(pairs.map(\.new.name))
      let used = Set(pairs.map(\.old.name))
      var found: [Comparison] = []
      for subject in open where !taken.contains(subject.name) {
        let best = candidates.lazy
          .filter { !used.contains($0.name) && $0.name != subject.name || $0.path != subject.path }
          .filter { $0.count * 4 >= subject.count && subject.count * 4 >= $0.count }
          .map { Comparison(subject, $0, rarity: judge.rarity, twins: twins) }
          .filter { judge.isCompanion($0) || judge.isDuplicate($0) }
          .max { ($0.weighted, $0.coverage) < ($1.weighted, $1.coverage) }
        if let best { found.append(best) }
      }
      pairs = pairs.map { Comparison($0.new, $0.old, rarity: judge.rarity, twins: twins) }
      if found.isEmpty { break }
      pairs += found
    }
    return pairs
  }

  /// The strongest pair first, then in the order of the new file.
  private static func sorted(_ pairs: [Comparison]) -> [Comparison] {
    func strength(_ pair: Comparison) -> Double { pair.weighted * Double(min(pair.new.count, 400)) }
    let head = pairs.indices.max {
      (strength(pairs[$0]), pairs[$1].new.line) < (strength(pairs[$1]), pairs[$0].new.line)
    }!
    let rest = pairs.indices.filter { $0 != head }.map { pairs[$0] }
    return [pairs[head]] + rest.sorted { $0.new.line < $1.new.line }
  }
}
