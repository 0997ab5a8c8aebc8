import BuiltinRules
import CSyntax
import Findings

// What the ways out of a function say about each other: a lock that some leave held and others
// not is a leak, unless the caller can tell the two apart.
extension LockAnalysis {
  mutating func judgeExits(_ run: inout FunctionRun) {
    judgeReleases(&run)
    judgePending(&run)
    var locks: Set<Value> = []
    for exit in run.exits {
      for entry in exit.state.locks where entry.net > 0 { locks.insert(entry.lock) }
    }
    for lock in locks.sorted() where !isPending(lock) {
      if case .stale = table[lock] { continue }
      judge(lock, &run)
    }
  }

  /// Interrupts or bottom halves that a plain release left off until the end.
  private mutating func judgePending(_ run: inout FunctionRun) {
    for (state, _) in run.exits where !state.isVague {
      for entry in state.locks where isPending(entry.lock) {
        guard let node = entry.event >= 0 ? witness.nodes[entry.event] : nil,
          case .released(let lock, let name) = node.kind
        else { continue }
        run.reports.append(
          LockReport(
            type: .lockWrongRelease, confidence: .high, place: node.place, lock: lock,
            earlier: node.parent, witness: entry.event, call: name, held: entry, action: nil,
            rightExit: nil, memory: state.memory))
      }
    }
  }

  private mutating func judge(_ lock: Value, _ run: inout FunctionRun) {
    var held: [(state: PathState, place: Place)] = []
    var balanced: [(state: PathState, place: Place)] = []
    var untouched: [(state: PathState, place: Place)] = []
    for exit in run.exits {
      switch exit.state.entry(of: lock) {
      case let entry? where entry.net > 0: held.append(exit)
      case .some: balanced.append(exit)
      case nil: untouched.append(exit)
      }
    }
    // Every way out holds it: a wrapper, for the callers to judge.
    guard !(balanced.isEmpty && untouched.isEmpty) else { return }
    let others = (balanced + untouched).map(\.state)
    let isContext = held.first?.state.entry(of: lock).map { rules.families[$0.family].isContext }
    for exit in held where !exit.state.isVague {
      guard let entry = exit.state.entry(of: lock) else { continue }
      // Compare with the balanced ways out first: they show what the function means to do.
      if isTakenOver(exit, others: balanced.isEmpty ? others : balanced.map(\.state)) { continue }
      if balanced.isEmpty, isConditional(held.map(\.state), others) { continue }
      if isContext == true, balanced.isEmpty { continue }
      run.reports.append(
        LockReport(
          type: .lockHeldAtReturn, confidence: balanced.isEmpty ? .medium : .high,
          place: exit.place, lock: lock, earlier: entry.event, witness: exit.state.witness,
          call: nil, held: entry, action: nil, rightExit: balanced.first?.place,
          memory: exit.state.memory))
    }
  }

  /// The result, or what the function stores for its caller, tells that the lock is held: success
  /// with the lock, failure without.
  private func isTakenOver(
    _ exit: (state: PathState, place: Place), others: [PathState]
  ) -> Bool {
    if let value = exit.state.result {
      let mine = exit.state.interval(of: value, in: table)
      let theirs = others.compactMap { other in
        other.result.map { (value: $0, interval: other.interval(of: $0, in: table)) }
      }
      if theirs.count == others.count, theirs.allSatisfy({ mine.isDisjoint(from: $0.interval) }),
        isSuccess(mine, against: theirs)
      {
        return true
      }
    }
    return isToldByMemory(exit.state, others)
  }

  /// True when `mine` reads as success beside results that read as failure.
  private func isSuccess(
    _ mine: Interval, against others: [(value: Value, interval: Interval)]
  ) -> Bool {
    // A negative result is a failure: to fail with the lock held is no success.
    if mine.high < 0 { return false }
    // Zero is success where the others fail with errors, and failure where they are pointers,
    // true, or counts.
    if mine == .zero {
      return others.allSatisfy { $0.interval.high < 0 || isErrorCode($0.value, $0.interval) }
    }
    return true
  }

  /// What a callee gave and was not zero is taken for an error; a parameter or count is not.
  private func isErrorCode(_ value: Value, _ interval: Interval) -> Bool {
    guard !interval.containsZero, interval.low < 0 else { return false }
    switch table[value] {
    case .result, .stored, .join: return true
    default: return false
    }
  }

  /// Something the caller can see was stored with different values.
  private func isToldByMemory(_ state: PathState, _ others: [PathState]) -> Bool {
    state.memory.contains { address, value in
      guard table.isVisible(address), isOutParameter(address) else { return false }
      let mine = state.interval(of: value, in: table)
      return others.allSatisfy { other in
        guard let its = other.memory[address] else { return false }
        return mine.isDisjoint(from: other.interval(of: its, in: table))
      }
    }
  }

  /// `*p` for a parameter `p`.
  private func isOutParameter(_ address: Value) -> Bool {
    if case .parameter = table[address] { return true }
    return false
  }

  /// The lock was only taken under a condition that the caller can test too.
  private func isConditional(_ held: [PathState], _ others: [PathState]) -> Bool {
    let values = Set(held.flatMap(\.facts.keys)).filter { table.isVisible($0) }
    return values.contains { value in
      held.allSatisfy { one in
        others.allSatisfy { other in
          one.interval(of: value, in: table).isDisjoint(from: other.interval(of: value, in: table))
        }
      }
    }
  }
}
