import BuiltinRules
import CSyntax

/// A way out with a lock held that looks meant, since all hold it or the result tells.
///
/// It is a leak all the same when nobody ever lets go.
struct Suspect {
  let function: Int
  let report: LockReport
  let reason: Reason

  /// Why it may be meant.
  enum Reason {
    /// Success with the lock, failure without.
    case resultTells
    /// The result leads to the lock.
    case resultLeadsToLock
    /// No way out is without the lock.
    case heldOnEachWayOut
    /// Nothing but a caller who lets go shows that it is meant.
    case upToCallers
    /// The other ways out never had it, or hold another lock.
    case open
  }

  var isToldByResult: Bool { reason == .resultTells || reason == .resultLeadsToLock }
}

extension LockAnalysis {
  /// Somebody lets go of a lock that a callee took for them.
  mutating func noteLetGo(_ entry: LockEntry) {
    letGo.formUnion(entry.takers)
  }

  /// Remembers for whom a function holds what its callees took.
  mutating func noteHolders(_ run: FunctionRun) {
    for (state, _) in run.exits {
      for entry in state.locks where entry.isHeld && !entry.heldAtEntry {
        for taker in entry.takers {
          holders[taker, default: []].insert(run.index)
          if run.function.returns == .void || !isFailure(state, run.function) {
            keepers[taker, default: []].insert(run.index)
          }
        }
        if isLetGoByAnotherName(entry, state) { noteLetGo(entry) }
      }
    }
  }

  /// The path has let go of a lock of the same last name that it had not taken: the object that a
  /// callee locked has two names.
  private func isLetGoByAnotherName(_ entry: LockEntry, _ state: PathState) -> Bool {
    let mine = tail(entry.lock, entry.family)
    guard mine.name != nil, isByCallee(entry) else { return false }
    return state.locks.contains { other in
      other.net < 0 && tail(other.lock, other.family) == mine
    }
  }

  /// Reports the suspects whose lock nobody releases, once all functions are known.
  mutating func judgeSuspects() {
    guard !suspects.isEmpty else { return }
    let releases = netReleases()
    var leaking: Set<StringID> = []
    for suspect in suspects where !isMeant(suspect, releases) {
      reports[suspect.function, default: []].append(suspect.report)
      leaking.insert(unit.functions[suspect.function].name)
    }
    guard !leaking.isEmpty else { return }
    // What follows in the callers is no news.
    for index in reports.keys {
      reports[index]?.removeAll { report in
        report.type == .lockHeldAtReturn && report.held?.takenBy.map(leaking.contains) == true
      }
    }
  }

  /// Locks that functions release for their callers, as family and last name.
  private func netReleases() -> NetReleases {
    var found = NetReleases()
    for (function, summary) in summaries {
      let isForAnyone = !hasOnlyKnownCallers(function)
      for released in untouched[function, default: []] {
        // Those that could be followed may take it back.
        found.insert(released, isForAnyone && summary.rows.isEmpty)
      }
      for row in summary.rows {
        for effect in row.effects where effect.kind == .release {
          let released = tail(effect.lock, effect.family)
          if isTelling(released, of: function) { found.insert(released, isForAnyone) }
        }
      }
    }
    return found
  }

  /// A header's wrapper for any lock of a family says nothing of those that this file takes.
  func isTelling(_ released: LockTail, of function: Int) -> Bool {
    released.name != nil || function < unit.ownFunctionCount
  }

  func tail(_ lock: Value, _ family: Int) -> LockTail {
    switch table[lock] {
    case .field(_, let name): LockTail(family: family, name: name)
    case .global(let name): LockTail(family: family, name: name)
    case .element(let base, _): tail(base, family)
    default: LockTail(family: family, name: nil)
    }
  }

  private func isMeant(_ suspect: Suspect, _ releases: NetReleases) -> Bool {
    guard let entry = suspect.report.held else { return true }
    let function = unit.functions[suspect.function]
    let family = rules.families[entry.family]
    if suspect.function >= unit.ownFunctionCount || family.isHandedOver {
      return true
    }
    let own = tail(suspect.report.lock, entry.family)
    // Of objects that a loop goes through, one function knows all; another round may let go.
    if suspect.report.type == .lockLoopImbalance {
      let name = unit.strings[function.name]
      return isReleased(own, in: suspect.function) || words.areOfLock(name)
        || (words.mean(name) && releases.all.contains(own))
    }
    if isLetGo(suspect.function) { return true }
    if suspect.reason == .upToCallers {
      return calls.callers[suspect.function].contains { unanalysed[$0] != nil }
    }
    // Where all callers are known, they would be the ones to let go, but for a pair of helpers that
    // they use the other way round.
    let isOfLock = words.areOfLock(unit.strings[function.name])
    if suspect.reason == .heldOnEachWayOut, !isOfLock, hasOnlyKnownCallers(suspect.function) {
      return false
    }
    let known =
      suspect.reason == .heldOnEachWayOut && !isOfLock ? releases.byAnyone : releases.all
    let isReleased =
      known.contains(own) || known.contains(LockTail(family: entry.family, name: nil))
      || (own.name == nil && known.contains { $0.family == entry.family })
    if isReleased { return true }
    // What could not be followed may be what lets go.
    if unanalysed.keys.contains(where: { calls.released[$0].has(entry.family) }) { return true }
    if isOnlyCalled(function), !calls.callers[suspect.function].isEmpty { return false }
    if suspect.isToldByResult, !isForgottenWhereFound(suspect) { return true }
    return words.mean(unit.strings[function.name])
  }

  /// A search returns what it found from inside the lock, which is that of an object it was given: nothing
  /// tells its callers of the lock.
  private func isForgottenWhereFound(_ suspect: Suspect) -> Bool {
    let function = unit.functions[suspect.function]
    let lock = suspect.report.lock
    switch table[table.root(of: lock)] {
    case .parameter, .global: break
    default: return false
    }
    return function.returns == .pointer && suspect.reason == .resultTells
      && suspect.report.confidence == .high && !calls.isAddressTaken.contains(function.name)
      && !rules.families[suspect.report.held?.family ?? 0].isContext
  }

  /// Whoever calls the function does so by its name and in this file.
  func isOnlyCalled(_ function: Function) -> Bool {
    function.isStatic && !calls.isAddressTaken.contains(function.name)
  }

  /// Nobody outside of this file calls the function, and all who do could be followed.
  private func hasOnlyKnownCallers(_ index: Int) -> Bool {
    let callers = calls.callers[index]
    return isOnlyCalled(unit.functions[index]) && !callers.isEmpty
      && callers.allSatisfy { unanalysed[$0] == nil && summaries[$0]?.isVague == false }
  }

  /// The function itself, or a callee of it, lets go of a lock of that name.
  private func isReleased(_ lock: LockTail, in function: Int) -> Bool {
    let released = released[function, default: []]
    return lock.name == nil || released.contains(lock)
      || released.contains(LockTail(family: lock.family, name: nil))
      || calls.released[function].has(lock.family) && isFollowedInPart.contains(function)
  }

  /// What a function is called, or an annotation, says that it may return with a lock, and it does so
  /// with what `taker` took for it other than in failure.
  private func mayKeep(_ taker: StringID, _ index: Int) -> Bool {
    let function = unit.functions[index]
    if promises(function).contains(where: \.mayHold) { return true }
    return words.mean(unit.strings[function.name])
      && keepers[taker, default: []].contains(index)
  }

  /// The result of function `index` tells its callers in other files whether it holds what `taker`
  /// took for it.
  private func isTold(by index: Int, _ taker: StringID) -> Bool {
    let mine = suspects.filter { $0.function == index && isHeld($0.report, for: taker) }
    return !mine.isEmpty && mine.allSatisfy(\.isToldByResult) && !leaks(taker, from: index)
  }

  /// Function `index` leaves held on some of its ways only what `taker` took for it, and nothing tells
  /// its callers.
  private func leaks(_ taker: StringID, from index: Int) -> Bool {
    reports[index, default: []].contains { isHeld($0, for: taker) }
  }

  private func isHeld(_ report: LockReport, for taker: StringID) -> Bool {
    report.type == .lockHeldAtReturn && report.held?.takenBy == taker
  }

  /// A caller releases what the function took, or one that returns with it for callers of its own.
  private func isLetGo(_ index: Int) -> Bool {
    var seen: Set<Int> = [index]
    var waiting = [index]
    while let next = waiting.popLast() {
      let name = unit.functions[next].name
      if letGo.contains(name) { return true }
      for holder in holders[name] ?? [] where seen.insert(holder).inserted {
        let function = unit.functions[holder]
        if !isOnlyCalled(function),
          (mayKeep(name, holder) && !leaks(name, from: holder)) || isTold(by: holder, name)
        {
          return true
        }
        waiting.append(holder)
      }
    }
    return false
  }
}

/// Locks that functions of a file release for their callers.
private struct NetReleases {
  private(set) var all: Set<LockTail> = []
  /// Without those of helpers all of whose callers are known: what they let go of is their callers'.
  private(set) var byAnyone: Set<LockTail> = []

  mutating func insert(_ lock: LockTail, _ isForAnyone: Bool) {
    all.insert(lock)
    if isForAnyone { byAnyone.insert(lock) }
  }
}

/// What identifies a lock in functions that know its object by other names.
struct LockTail: Hashable {
  let family: Int
  /// The member or the global; nil where the lock is known by its address only.
  let name: StringID?
}
