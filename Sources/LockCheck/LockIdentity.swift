import BuiltinRules
import CSyntax

// Which lock a call means, by the path that the rules give.
extension LockAnalysis {
  /// The lock of `path` for a call; nil when the call lacks the argument.
  ///
  /// `family` tells the states of the CPU or task apart.
  mutating func lock(
    _ path: LockPath, _ call: Call, _ result: Value, family: Int?
  ) -> Value? {
    var value: Value
    switch path.root {
    case .argument(let number):
      guard number < call.arguments.count else { return nil }
      value = call.arguments[number]
    case .result: value = result
    case .global(let name):
      value = table.make(.global(unit.strings.intern(name)))
    case .context: return context(family ?? 0)
    }
    var isGlobal = false
    if case .global = path.root { isGlobal = true }
    value = follow(path.steps, from: value, isAddress: isGlobal)
    if let index = path.index, index < call.arguments.count {
      value = table.make(.element(value, call.arguments[index]))
    }
    return value
  }

  /// Members lead from an object's address to the member's; the first dereference is the pointer
  /// that is the address itself.
  private mutating func follow(
    _ steps: [LockPath.Step], from start: Value, isAddress: Bool
  ) -> Value {
    var value = start
    var isAddress = isAddress
    for step in steps {
      switch step {
      case .dereference:
        if isAddress { value = table.make(.content(value)) }
        isAddress = true
      case .member(let name):
        if rules.transparentMembers.contains(name) { continue }
        value = table.make(.field(value, unit.strings.intern(name)))
      }
    }
    return value
  }

  /// The pseudo-lock of a state of the CPU or task, one for each family.
  private mutating func context(_ family: Int) -> Value {
    table.make(.pure(vocabulary.context, [table.constant(Int64(family))]))
  }

  /// The value in which flags were saved, or with which they are restored.
  mutating func token(_ token: LockToken?, _ call: Call, _ outcome: Outcome) -> Value? {
    switch token {
    case nil: return nil
    case .result: return outcome.value
    case .argument(let number):
      return number < call.arguments.count ? call.arguments[number] : nil
    case .pointee(let number):
      guard number < call.arguments.count else { return nil }
      return read(call.arguments[number], outcome.state)
    }
  }
}
