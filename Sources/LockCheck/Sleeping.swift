import BuiltinRules
import CSyntax
import Findings

// What may sleep while a lock is held whose holder must not.
extension LockAnalysis {
  /// Notes that a call may sleep: as a finding where a spinning lock is held, else for the callers.
  mutating func noteSleep(_ call: Call, _ state: PathState, _ run: inout FunctionRun) {
    guard run.isReporting, !state.isVague else { return }
    let ways = sleepWays(of: call, state)
    guard !ways.isEmpty, !asksForContext(state) else { return }
    var isReported = false
    let isTold = isToldByFlags(state)
    for way in ways {
      guard let here = way.flags.map({ allowsSleep($0, state) }) ?? .some(true), here else {
        continue
      }
      guard way.conditions.allSatisfy({ !$0.isDecisive || isMet($0, state) }) else { continue }
      // What releases a lock of its caller first knows what it does.
      if !isTold, !way.releases, let entry = spinning(in: state) {
        report(way, entry, call, state, &run)
        isReported = true
        break
      }
    }
    if !isReported { run.sleeps += ways.compactMap { forCallers($0, state, run) } }
  }

  /// A branch on the way asked whether sleeping is allowed here: the code knows what it does.
  private func asksForContext(_ state: PathState) -> Bool {
    witness.path(to: state.witness).contains { _, node in
      guard case .branch(let condition, _) = node.kind else { return false }
      return unit.mentions(condition) { rules.contextQueries.contains(unit.strings[$0]) }
    }
  }

  /// The path has asked flags that are not known here whether they allow to sleep.
  private func isToldByFlags(_ state: PathState) -> Bool {
    state.facts.contains { asksForSleep($0.key) && !$0.value.containsZero }
  }

  /// True for `flags & __GFP_DIRECT_RECLAIM`.
  func asksForSleep(_ value: Value) -> Bool {
    guard case .binary(.and, let flags, let mask) = table[value] else { return false }
    return table.number(mask) == rules.gfpMaySleep && table.number(flags) == nil
  }

  /// The lock taken last of those whose holder must not sleep.
  private func spinning(in state: PathState) -> LockEntry? {
    state.locks.filter { entry in
      entry.status == .held && entry.isKnown && !entry.isReported && !isPending(entry.lock)
        // Whether a callee left preemption or the like off, nobody here can see.
        && (!entry.isByChoice || !rules.families[entry.family].isContext)
        && rules.families[entry.family].isAtomic && !table.contains(entry.lock, where: \.isStored)
        && !state.locks.contains { mayBeRelease($0, of: entry) }
    }.max { $0.event < $1.event }
  }

  /// A lock that was released under another name may be this one.
  private func mayBeRelease(_ released: LockEntry, of entry: LockEntry) -> Bool {
    released.status == .released && released.family == entry.family
      && table.looksLike(released.lock, entry.lock)
  }

  private mutating func report(
    _ way: SleepWay, _ entry: LockEntry, _ call: Call, _ state: PathState, _ run: inout FunctionRun
  ) {
    run.reports.append(
      LockReport(
        type: .lockSleepInAtomic,
        confidence: way.conditions.isEmpty && !entry.isByChoice ? .high : .medium,
        place: call.place, lock: entry.lock, earlier: entry.event, witness: state.witness,
        call: call.spokenName, held: entry, action: nil, rightExit: nil, memory: state.memory,
        sleeper: way.calls.count > 1 ? way.calls.last : nil))
  }
}
