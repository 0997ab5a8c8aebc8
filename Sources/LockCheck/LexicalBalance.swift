import BuiltinRules

extension LockCheck {
  /// True when a function with these words may leave a lock in another state than it found it.
  ///
  /// That is so when some family's lock is taken and never released in a mode, or the other way
  /// round. A function that has both is taken to be balanced and need not be parsed for its callers.
  public func mayBeUnbalanced(words: Set<String>) -> Bool {
    var taken: Set<[Int]> = []
    var released: Set<[Int]> = []
    for word in words {
      for operation in rules.operations[word] ?? [] {
        let kind = [operation.family, operation.mode == .shared ? 1 : 0]
        switch operation.action {
        case .acquire: taken.insert(kind)
        case .release: released.insert(kind)
        default: break
        }
      }
    }
    return taken != released
  }

  /// True when a call of `name` is understood without a body.
  public func knows(_ name: String) -> Bool {
    rules.operations[name] != nil || rules.identities[name] != nil || rules.queries[name] != nil
      || rules.transparentCalls.contains(name) || rules.neverReturn.contains(name)
  }
}
