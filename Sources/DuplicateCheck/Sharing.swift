internal import BuiltinRules
internal import Findings

/// Decides whether a reviewer would ask for the code of a copy to be shared.
///
/// One in fourteen functions of a kernel is a copy that was let in, nearly always for one of the
/// reasons that are looked for here. A copy that stands to reason this way is not worth a word.
struct Sharing: Sendable {
  /// What a copy is worth.
  enum Worth: Sendable, Equatable {
    /// The code can be shared, or so much of it is the same that it should be made possible.
    case warning
    /// It could be shared, but something stands in the way: the reason, in one sentence.
    case note(String)
    /// Sharing it is not wanted.
    case nothing
  }

  let rules: DuplicateRules
  let tree: any TreeKnowledge

  /// What `family` is worth: nothing where its anchors are worth nothing, else as much as the best
  /// of its pairs, for what came along with a copy is as much of a reason to share the code.
  ///
  /// - Parameters:
  ///   - isAnchor: True for a new function that is the reason of the finding.
  ///   - copies: In how many other files the tree has a new function as a whole.
  func worth(
    of family: Family, isAnchor: (Subject) -> Bool, copies: (Subject) -> Int
  ) -> Worth {
    let anchors = family.pairs.filter { isAnchor($0.new) }
    // One that is for another model makes the whole family so, whatever file the others stand in.
    if anchors.contains(where: { Siblings.are($0.new.path, $0.old.path) }) { return .nothing }
    let best = self.best(of: anchors, copies)
    if best == .nothing { return .nothing }
    let others = family.pairs.filter { !isAnchor($0.new) && $0.new.count >= Judge.smallest }
    return best == .warning || self.best(of: others, copies) == .warning ? .warning : best
  }

  /// The first warning, else the first note.
  private func best(of pairs: [Comparison], _ copies: (Subject) -> Int) -> Worth {
    var best = Worth.nothing
    for pair in pairs {
      let worth = worth(of: pair, copies: copies(pair.new))
      if worth == .warning { return worth }
      if best == .nothing { best = worth }
    }
    return best
  }

  private func worth(of pair: Comparison, copies: Int) -> Worth {
    guard copies < rules.acceptedCopies, Proposal(pair).isWorthwhile else { return .nothing }
    let isOneFile = pair.new.path == pair.old.path
    guard let obstacle = isOneFile ? Self.besides : obstacle(pair) else { return .warning }
    let enough = isOneFile ? rules.evidenceInOneFile : rules.evidenceApart
    return pair.evidence >= enough ? .warning : .note("Only a note: \(obstacle).")
  }

  private static let besides = "both are in one file, so whoever wrote the one saw the other"

  /// Why the new function cannot get at the old one with no more than a prototype; nil if it can.
  private func obstacle(_ pair: Comparison) -> String? {
    let (new, old) = (pair.new, pair.old)
    if old.path.hasPrefix("include/") { return nil }
    if !old.item.isStatic, tree.exports(of: old.name)?.isEmpty == false { return nil }
    let nearness = Nearness(new.path, old.path)
    let kept = old.item.isStatic ? "static" : "not exported"
    switch (tree.role(of: new.path), tree.role(of: old.path)) {
    case (.module(let one), .module(let other)):
      return one == other
        ? nil : "the two cannot call each other yet, `\(old.name)()` is \(kept) in another module"
    case (.builtIn, .builtIn):
      if isSameGlobal(pair) { return "two global functions of one name are never in one kernel" }
      return nearness >= .subsystem
        ? nil : "the two are of different subsystems, and few rare names are the same"
    case (.unknown, _), (_, .unknown):
      return nearness >= .folder
        ? nil : "no Makefile says that one program has both, and few rare names are the same"
    case (.module, .builtIn):
      return "the two cannot call each other yet, `\(old.name)()` is \(kept) in the kernel image"
    case (.builtIn, .module(let name)):
      return "the kernel image cannot call `\(old.name)()`, which is in the module \(name)"
    }
  }

  /// Two global functions of one name are never in one program, but each in its own configuration.
  private func isSameGlobal(_ pair: Comparison) -> Bool {
    pair.new.name == pair.old.name && !pair.new.item.isStatic && !pair.old.item.isStatic
  }
}
