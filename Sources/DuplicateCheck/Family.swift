internal import CSyntax

/// Functions of one new file that repeat functions of one old folder: one finding.
struct Family: Sendable {
  /// The pairs: the one that shows best what was copied, then in the order of the new file.
  let pairs: [Comparison]

  /// The pair that the finding stands at.
  var head: Comparison { pairs[0] }
  /// The further pairs.
  var companions: ArraySlice<Comparison> { pairs[1...] }
}

/// Puts pairs of copies together and finds what was copied along with them.
struct FamilyBuilder: Sendable {
  let judge: Judge
  let functions: AddedFunctions

  /// Pairs of one new file and one old folder.
  private struct Group {
    var newPath: String
    var oldFolder: String
    var anchors: [Comparison]

    var strength: Double {
      anchors.reduce(0) { $0 + $1.weighted * Double(min($1.new.count, 400)) }
    }
  }

  /// Families of `anchors`, pairs of which each is a reason of its own; no function is in two.
  ///
  /// - Parameters:
  ///   - open: Added functions that may be companions.
  ///   - file: The functions of an old file.
  func families(
    of anchors: [Comparison], open: [Subject], file: (String) -> SubjectFile?
  ) -> [Family] {
    var taken: Set<[String]> = []
    var result: [Family] = []
    for group in groups(anchors) {
      let own = group.anchors.filter { !taken.contains([$0.new.path, $0.new.name]) }
      guard !own.isEmpty else { continue }
      let candidates = open.filter {
        $0.path == group.newPath && !taken.contains([$0.path, $0.name])
      }
      let paths = Set(own.map(\.old.path)).sorted()
      let old = paths.compactMap(file).flatMap { file in
        file.outline.functions.filter { functions.existed($0.name, in: file.path) }
          .map(file.subject)
      }
      let pairs = extended(own, with: candidates, from: old)
      for pair in pairs { taken.insert([pair.new.path, pair.new.name]) }
      result.append(Family(pairs: sorted(pairs, heads: own.count)))
    }
    return result
  }

  /// Anchors by new file and old folder, the strongest group first.
  private func groups(_ anchors: [Comparison]) -> [Group] {
    var groups: [[String]: Group] = [:]
    for anchor in anchors {
      let folder = anchor.old.path.lastIndex(of: "/").map { String(anchor.old.path[..<$0]) } ?? ""
      groups[
        [anchor.new.path, folder],
        default: Group(newPath: anchor.new.path, oldFolder: folder, anchors: [])
      ].anchors.append(anchor)
    }
    return groups.values.sorted {
      $0.strength == $1.strength
        ? ($0.newPath, $0.oldFolder) < ($1.newPath, $1.oldFolder) : $0.strength > $1.strength
    }
  }

  /// The anchors, then companions, until there are no more: each may be what another one calls.
  private func extended(_ anchors: [Comparison], with open: [Subject], from candidates: [Subject])
    -> [Comparison]
  {
    var pairs = anchors
    for _ in 0..<4 {
      var twins = Renaming.Twins()
      for pair in pairs { twins.insert(new: pair.new.name, old: pair.old.name) }
      let taken = Set(pairs.map(\.new.name))
      let used = Set(pairs.map { [$0.old.path, $0.old.name] })
      var found: [Comparison] = []
      for subject in open where !taken.contains(subject.name) {
        let best = candidates.lazy
          .filter { !used.contains([$0.path, $0.name]) }
          .filter { $0.name != subject.name || $0.path != subject.path }
          .filter { $0.count * 4 >= subject.count && subject.count * 4 >= $0.count }
          .map { Comparison(subject, $0, rarity: judge.rarity, twins: twins) }
          .filter { judge.isCompanion($0) || judge.isObjectionable($0) }
          .max { ($0.weighted, $0.coverage) < ($1.weighted, $1.coverage) }
        if let best { found.append(best) }
      }
      pairs = pairs.map { Comparison($0.new, $0.old, rarity: judge.rarity, twins: twins) }
      if found.isEmpty { break }
      pairs += found
    }
    return pairs
  }

  /// First the pair that shows best what was copied, then the others in the order of the new file.
  ///
  /// That is the one whose new function the most others of the family serve, since it is what
  /// they were copied for, then the strongest. It has to be a reason of its own, as the first
  /// `heads` pairs are, or a copy by itself now that the names of its helpers are known.
  private func sorted(_ pairs: [Comparison], heads: Int) -> [Comparison] {
    let helpers = Self.helpers(pairs.map(\.new))
    func rank(_ index: Int) -> (Int, Double, Int) {
      let pair = pairs[index]
      return (helpers[index], pair.weighted * Double(min(pair.new.count, 400)), -pair.new.line)
    }
    let head = pairs.indices.filter { $0 < heads || judge.isCopy(pairs[$0]) }
      .max { rank($0) < rank($1) }!
    let rest = pairs.indices.filter { $0 != head }.map { pairs[$0] }
    return [pairs[head]] + rest.sorted { $0.new.line < $1.new.line }
  }

  /// For each function how many of the others it calls, directly or through one of them.
  private static func helpers(_ functions: [Subject]) -> [Int] {
    let numbers = Dictionary(
      functions.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let calls = functions.map { function in
      Set(
        function.form.tokens.indices.filter { function.form.tokens[$0].role == .callee }
          .compactMap { numbers[function.text($0)] })
    }
    return functions.indices.map { start in
      var reached: Set<Int> = [start]
      var open = [start]
      while let next = open.popLast() {
        for callee in calls[next] where reached.insert(callee).inserted { open.append(callee) }
      }
      return reached.count - 1
    }
  }
}
