import BuiltinRules
import CSyntax
import Findings

// Claims about locks in the code: `lockdep_assert_held(l)`, `lock_is_held(l)`.
extension LockAnalysis {
  /// A function whose result tells whether a lock is held.
  mutating func ask(
    _ query: LockQuery, _ call: Call, _ state: PathState, _ run: inout FunctionRun
  ) -> [Outcome] {
    var state = state
    let value = fresh(call.site, &state, run)
    guard let lock = lock(query.lock, call, value, family: query.family) else {
      return [Outcome(state: state, value: value)]
    }
    if call.macro >= 0, let assertion = rules.assertions[unit.strings[StringID(call.macro)]] {
      judgeClaim(assertion.claim, lock, call, state, &run)
      claim(assertion.claim, lock, family: assertion.family ?? query.family, &state)
    }
    guard query.isAboutCaller, let entry = state.entry(of: lock) else {
      return [Outcome(state: state, value: value)]
    }
    let truth: Interval = entry.isHeld ? .nonzero : .zero
    return state.restrict(value, to: truth, in: table)
      ? [Outcome(state: state, value: value)] : []
  }

  /// A function that claims something of a lock.
  mutating func take(
    _ assertion: LockAssertion, _ call: Call, _ state: inout PathState, _ run: inout FunctionRun
  ) {
    guard
      let lock = lock(assertion.lock, call, table.constant(0), family: assertion.family)
    else { return }
    judgeClaim(assertion.claim, lock, call, state, &run)
    claim(assertion.claim, lock, family: assertion.family, &state)
  }

  /// Notes a claim that what this path has done to the lock contradicts.
  private mutating func judgeClaim(
    _ claim: LockAssertion.Claim, _ lock: Value, _ call: Call, _ state: PathState,
    _ run: inout FunctionRun
  ) {
    guard let entry = state.entry(of: lock), entry.isCertain, !entry.isHandedOn else { return }
    if isBroken(claim, by: entry) { noteContract(entry, call, state, &run) }
  }

  /// What this function has done to a lock is not what somebody claims of it.
  func isBroken(_ claim: LockAssertion.Claim, by entry: LockEntry) -> Bool {
    switch claim {
    case .free: entry.status == .held
    case .exclusive where entry.status == .held && !entry.isHandedOn: entry.mode == .shared
    case .held, .exclusive, .shared: !entry.isHeld && entry.wasLetGo
    }
  }

  /// Notes that a promise about a lock is not kept at a call.
  mutating func noteContract(
    _ entry: LockEntry, _ call: Call, _ state: PathState, _ run: inout FunctionRun
  ) {
    let action = LockAction(
      lock: entry.lock, family: entry.family, mode: entry.mode, variant: entry.variant, token: nil,
      call: call)
    note(.lockContract, action, entry, state, &run)
  }

  /// What is claimed of a lock that the function did not touch was so at entry.
  func claim(
    _ claim: LockAssertion.Claim, _ lock: Value, family: Int?, _ state: inout PathState
  ) {
    guard claim != .free, state.entry(of: lock) == nil,
      !state.locks.contains(where: { table.looksLike($0.lock, lock) })
    else { return }
    var entry = LockEntry(
      lock: lock, family: family ?? 0, status: .inherited,
      mode: claim == .shared ? .shared : .exclusive, variant: .plain, count: 1, flags: nil,
      heldAtEntry: true, event: state.witness)
    entry.isForWriter = claim == .exclusive
    state.set(entry)
  }
}
