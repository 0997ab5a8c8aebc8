import BuiltinRules

/// Locks that some code takes and releases, by its words alone: which families in which modes.
public struct LexicalLocks: Sendable, Equatable {
  private var taken: Set<Int> = []
  private var released: Set<Int> = []

  public init() {}

  /// False when some family's lock is taken and never released in a mode, or the other way round.
  ///
  /// Code that has both is taken to be balanced and need not be parsed for its callers.
  public var isBalanced: Bool { taken == released }

  public mutating func formUnion(_ other: Self) {
    taken.formUnion(other.taken)
    released.formUnion(other.released)
  }

  mutating func note(_ operation: LockOperation) {
    let kind = operation.family << 1 | (operation.mode == .shared ? 1 : 0)
    switch operation.action {
    case .acquire: taken.insert(kind)
    case .release: released.insert(kind)
    default: break
    }
  }
}

extension LockCheck {
  /// What a call of each function that is understood without a body does to locks.
  ///
  /// Empty for those that leave them alone, or that only look at them.
  public var lexicalLocks: [String: LexicalLocks] {
    var result: [String: LexicalLocks] = [:]
    for name in knownFunctions { result[name] = LexicalLocks() }
    for (name, operations) in rules.operations {
      for operation in operations { result[name, default: LexicalLocks()].note(operation) }
    }
    return result
  }
}
