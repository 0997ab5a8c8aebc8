import BuiltinRules
import CSyntax
import Findings

// Whether a release fits what is held: mode, variant, saved flags.
extension LockAnalysis {
  /// Notes a release in another mode, by another variant or with another lock's flags.
  mutating func judgeRelease(
    _ action: LockAction, _ entry: LockEntry, _ state: PathState, _ run: inout FunctionRun
  ) {
    guard run.isReporting, entry.status == .held, entry.lock == action.lock else { return }
    if entry.mode != action.mode {
      note(.lockWrongRelease, action, entry, state, &run)
    } else if needsPartner(action, entry), !hasPartner(action, state) {
      note(.lockWrongRelease, action, entry, state, &run)
    } else if let saved = entry.flags, let restored = action.token, saved != restored,
      state.locks.contains(where: { $0.lock != entry.lock && $0.flags == restored })
    {
      note(.lockWrongFlags, action, entry, state, &run)
    }
  }

  /// The release turns on what the acquisition did not turn off.
  private func needsPartner(_ action: LockAction, _ entry: LockEntry) -> Bool {
    switch (entry.variant, action.variant) {
    case (.plain, .bh): true
    case (.plain, .irqsave):
      // Flags that came from the caller or from memory were saved elsewhere.
      action.token.map { !table.isVisible($0) } ?? false
    case (.bh, .irq), (.bh, .irqsave), (.irq, .bh), (.irqsave, .bh): true
    default: false
    }
  }

  /// Something else on the path turned it off: another lock's wrong release, or by hand.
  private func hasPartner(_ action: LockAction, _ state: PathState) -> Bool {
    state.locks.contains { entry in
      guard entry.isHeld, entry.lock != action.lock else { return false }
      if rules.families[entry.family].isContext { return true }
      return isPending(entry.lock) || entry.variant == action.variant
    }
  }

  /// Updates what the release leaves to be turned on again by somebody else.
  mutating func settle(_ action: LockAction, _ entry: inout LockEntry, _ state: inout PathState) {
    let wasOff = entry.status == .held ? entry.variant : .plain
    // Which of two locks a callee means that only look alike, nobody here can say.
    let isOne = entry.lock == action.lock || !action.isByCallee
    if wasOff != .plain, action.variant == .plain, entry.count <= 1, isOne, !entry.isReported {
      let lock = pending(for: wasOff)
      state.set(
        LockEntry(
          lock: lock, family: entry.family, status: .held, mode: .exclusive, variant: wasOff,
          count: 1, flags: entry.flags, heldAtEntry: false,
          event: witness.add(
            .released(action.lock, by: action.call.spokenName), at: action.call.place,
            after: state.witness)))
    } else if wasOff == .plain, action.variant != .plain {
      state.locks.removeAll { $0.lock == pending(for: action.variant) }
      turnOn(action, &state)
    }
  }

  /// A release that turns interrupts or bottom halves on ends what was turned off by hand before,
  /// as `spin_trylock_irqsave()` does it.
  func turnOn(_ action: LockAction, _ state: inout PathState) {
    for var entry in state.locks where entry.status == .held {
      guard entry.family == rules.contextFamily(of: action.variant) else { continue }
      if action.variant == .irqsave, let saved = entry.flags, saved != action.token { continue }
      entry.count -= 1
      if entry.count <= 0 { (entry.count, entry.status) = (0, .free) }
      entry.event = state.witness
      state.set(entry)
    }
  }

  /// Taken again by the plain variant after a plain release left interrupts off: they are off on
  /// behalf of this lock as before.
  mutating func takeBackPending(_ entry: inout LockEntry, _ state: inout PathState) {
    for variant in [LockVariant.bh, .irq] {
      let lock = pending(for: variant)
      guard let left = state.entry(of: lock), left.event >= 0,
        case .released(entry.lock, _) = witness.nodes[left.event].kind
      else { continue }
      entry.variant = left.variant
      entry.flags = left.flags
      state.locks.removeAll { $0.lock == lock }
    }
  }

  /// Turning interrupts or bottom halves on by hand settles what a plain release left.
  mutating func settleContext(_ family: Int, _ state: inout PathState) {
    guard rules.families[family].isContext else { return }
    state.locks.removeAll { isPending($0.lock) }
  }

  /// The pseudo-lock of interrupts or bottom halves that were left off.
  mutating func pending(for variant: LockVariant) -> Value {
    let kind: Int64 = variant == .bh ? -1 : -2
    return table.make(.pure(vocabulary.context, [table.constant(kind)]))
  }

  func isPending(_ lock: Value) -> Bool {
    guard case .pure(vocabulary.context, let parts) = table[lock], let first = parts.first,
      let number = table.number(first)
    else { return false }
    return number < 0
  }

  /// A release of a lock that this path never took: remembered until all paths are known.
  mutating func noteUntouchedRelease(
    _ action: LockAction, _ state: PathState, _ run: inout FunctionRun
  ) {
    let released = tail(action.lock, action.family)
    if isTelling(released, of: run.index) { untouched[run.index, default: []].insert(released) }
    guard run.isReporting, !action.isOneOfSeveral, !action.isConditional else { return }
    run.releases[ReleaseSite(call: action.call.site, lock: action.lock), default: .init()]
      .untouched.append((state, action))
  }
}

/// One release of one lock, whatever the path.
struct ReleaseSite: Hashable {
  let call: ExpressionID
  let lock: Value
}

/// The states in which a release is reached.
struct ReleaseStates {
  var held: [PathState] = []
  var untouched: [(PathState, LockAction)] = []
}

extension LockAnalysis {
  /// Notes releases that some paths reach with the lock taken and others without.
  mutating func judgeReleases(_ run: inout FunctionRun) {
    let sites = run.releases.sorted {
      ($0.key.call, $0.key.lock) < ($1.key.call, $1.key.lock)
    }
    for (site, states) in sites {
      guard let held = states.held.first, !states.untouched.isEmpty,
        // What a callee found it may have taken too.
        !table.contains(site.lock, where: \.isStored),
        !isToldByCaller(states.held, states.untouched.map(\.0), run.function),
        !isToldByMember(states.held, states.untouched.map(\.0)),
        let (state, action) = states.untouched.first(where: { !$0.0.isVague }),
        let entry = held.entry(of: site.lock), !rules.families[entry.family].isHandedOver,
        // Where it was taken in exchange for a lock of the caller's, the caller may have it too.
        !held.locks.contains(where: { $0.net < 0 })
      else { continue }
      note(.lockNotHeld, action, entry, state, &run)
    }
  }

  /// True when a plain parameter tells the two groups of states apart: then the caller knows.
  func isToldByCaller(
    _ some: [PathState], _ others: [PathState], _ function: Function
  ) -> Bool {
    let values = Set(some.flatMap(\.facts.keys)).filter { isFlag($0, of: function) }
    return values.contains { value in
      some.allSatisfy { one in
        others.allSatisfy { other in
          Self.areOpposite(
            one.interval(of: value, in: table), other.interval(of: value, in: table))
        }
      }
    }
  }

  /// A member that is set beside the lock is found set where the lock was not taken: whoever set it
  /// before took the lock too.
  private func isToldByMember(_ some: [PathState], _ others: [PathState]) -> Bool {
    guard let first = some.first else { return false }
    return first.memory.contains { address, value in
      guard let number = table.number(value), number != 0, isVisibleStore(address) else {
        return false
      }
      return some.allSatisfy { $0.memory[address] == value }
        && others.allSatisfy { isFoundSet(address, in: $0) }
    }
  }

  /// What a path did not store at an address itself is not zero there.
  private func isFoundSet(_ address: Value, in state: PathState) -> Bool {
    guard let value = state.memory[address] ?? table.existing(.content(address)) else {
      return false
    }
    return table.number(value) == nil && !state.interval(of: value, in: table).containsZero
  }

  /// One is false and the other true, as of a flag; comparisons with limits are no flags.
  private static func areOpposite(_ a: Interval, _ b: Interval) -> Bool {
    func isTrue(_ i: Interval) -> Bool { i == .nonzero || i == .exactly(1) }
    return (a == .zero && isTrue(b)) || (b == .zero && isTrue(a))
  }

  /// A parameter that is a flag, or a bit of one.
  private func isFlag(_ value: Value, of function: Function) -> Bool {
    switch table[value] {
    case .parameter(let number):
      let type = unit.variables[function.parameters[number].index].type
      return type == .bool || type == .signed || type == .unsigned
    case .binary(.and, let inner, let mask):
      return isFlag(inner, of: function) && table.number(mask) != nil
    default: return false
    }
  }
}
