internal import CSyntax

/// A name that a copy took over from the original in one place and replaced in all others.
///
/// Li, Lu, Myagmar, Zhou: CP-Miner, OSDI 2004, section 4; stricter, since a false alarm costs more
/// here: a local, in one place, replaced in three others at least, with few other names that
/// changed, and those without exception.
struct ForgottenName: Sendable {
  /// The name, and what stands for it elsewhere in the copy.
  let name: String
  let replacement: String
  /// In how many places.
  let replaced: Int
  /// Number of the forgotten token in the copy's function.
  let token: Int

  private static let leastReplaced = 3
  /// Where more names differ than this, it is another text rather than a copy.
  private static let mostRenamed = 3

  /// - Parameters:
  ///   - pairs: Tokens of the original and of the copy that stand for each other.
  init?(_ pairs: [(original: Int, copy: Int)], original: Subject, copy: Subject) {
    var places: [UInt32: [UInt32: [Int]]] = [:]
    for (index, pair) in pairs.enumerated() {
      let (a, b) = (original.form.tokens[pair.original], copy.form.tokens[pair.copy])
      guard a.role.isName || a.role == .local, b.role.isName || b.role == .local else { continue }
      places[a.exact, default: [:]][b.exact, default: []].append(index)
    }
    var forgotten: (from: UInt32, to: UInt32, index: Int, replaced: Int)?
    for (from, targets) in places where targets.count > 1 {
      guard targets.count == 2, forgotten == nil, let stayed = targets[from], stayed.count == 1,
        let moved = targets.first(where: { $0.key != from }),
        moved.value.count >= Self.leastReplaced
      else { return nil }
      forgotten = (from, moved.key, stayed[0], moved.value.count)
    }
    guard let found = forgotten,
      original.form.tokens[pairs[found.index].original].role == .local,
      copy.form.tokens[pairs[found.index].copy].role == .local,
      places.count(where: { $0.value[$0.key] == nil }) < Self.mostRenamed
    else { return nil }
    // Each name of the copy must stand for one name of the original only.
    var used: Set<UInt32> = []
    for (from, targets) in places {
      let target = from == found.from ? found.to : targets.first?.key ?? from
      guard used.insert(target).inserted else { return nil }
    }
    let pair = pairs[found.index]
    name = original.text(pair.original)
    guard
      let other = pairs.first(where: {
        original.form.tokens[$0.original].exact == found.from
          && copy.form.tokens[$0.copy].exact == found.to
      })
    else { return nil }
    replacement = copy.text(other.copy)
    replaced = found.replaced
    token = pair.copy
  }
}
