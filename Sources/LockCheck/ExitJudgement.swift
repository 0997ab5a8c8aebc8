import BuiltinRules
import CSyntax
import Findings

// What the ways out of a function say about each other: a lock that some leave held and others
// not is a leak, unless the caller can tell the two apart.
extension LockAnalysis {
  mutating func judgeExits(_ run: inout FunctionRun) {
    judgeReleases(&run)
    judgePending(&run)
    if promises(run.function).contains(where: \.mayHold) { return }
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
    let ways = waysOut(of: lock, run)
    for exit in ways.held where !exit.state.isVague {
      guard let entry = exit.state.entry(of: lock), isPlain(entry, exit.state, ways, run) else {
        continue
      }
      let report = LockReport(
        type: .lockHeldAtReturn, confidence: ways.balanced.isEmpty ? .medium : .high,
        place: exit.place, lock: lock, earlier: entry.event, witness: exit.state.witness,
        call: nil, held: entry, action: nil, rightExit: ways.balanced.first?.place,
        isOnEachWayOut: ways.others.isEmpty, memory: exit.state.memory)
      switch verdict(on: exit, entry, ways, run.function) {
      case .right: break
      case .leak: run.reports.append(report)
      case .suspect(let reason):
        suspects.append(Suspect(function: run.index, report: report, reason: reason))
      }
    }
  }

  /// Sorts the ways out by what they do to a lock.
  private mutating func waysOut(of lock: Value, _ run: FunctionRun) -> WaysOut {
    var ways = WaysOut(lock: lock)
    for exit in run.exits where !exit.state.forgotten.contains(lock) {
      switch exit.state.entry(of: lock) {
      case let entry? where entry.net > 0: ways.held.append(exit)
      // Another way of the callee that takes it for this function says nothing of what it should do.
      case _ where exit.state.declined.contains(lock): ways.isDeclined = true
      case _ where isHeldByAnotherName(lock, exit.state): break
      // A trylock that failed has not touched it.
      case let entry? where entry.wasLetGo: ways.balanced.append(exit)
      default: ways.untouched.append(exit)
      }
    }
    return ways
  }

  /// Nothing about the lock itself leaves open whether it is held, or whose it is to let go of.
  private func isPlain(
    _ entry: LockEntry, _ state: PathState, _ ways: WaysOut, _ run: FunctionRun
  ) -> Bool {
    let nobodyLetsGo = ways.balanced.isEmpty
    if entry.isReported || entry.isHandedOn { return false }
    if let shown = entry.shown, state.result == shown { return false }
    // Whether a callee left preemption or the like off, nobody here can see.
    if entry.isByChoice, rules.families[entry.family].isContext { return false }
    // A lock that nests is the outer function's to let go of, if no way here does.
    if nobodyLetsGo, ways.isDeclined || entry.isByChoice { return false }
    if nobodyLetsGo, table.isRenamed(ways.lock) { return false }
    if entry.carriedOver != nil, isOneOfMany(ways.lock, run) { return false }
    if entry.isByChoice, isOneOfCallees(entry, run) { return false }
    return !isMeantByAnother(entry, state) && !isHandedOut(entry, state, isOnlyHeld: nobodyLetsGo)
  }

  /// What a way out with the lock comes to, beside the others.
  private func verdict(
    on exit: WaysOut.Exit, _ entry: LockEntry, _ ways: WaysOut, _ function: Function
  ) -> Verdict {
    let (state, others) = (exit.state, ways.others)
    if others.isEmpty { return .suspect(.heldOnEachWayOut) }
    if others.allSatisfy({ holdsAnother($0, than: state) }) { return .suspect(.open) }
    if let result = state.result, isAbout(result, ways.lock) {
      return .suspect(.resultLeadsToLock)
    }
    // Compare with the balanced ways out first: they show what the function means to do.
    let compared =
      (ways.balanced.isEmpty
      ? others.filter { !isConditional([state], [$0]) } : ways.balanced.map(\.state))
      .filter { !holdsAnother($0, than: state) }
    if isGiven(entry, state, compared) || isTakenOver(exit, others: compared, function) {
      return .suspect(.resultTells)
    }
    if isLeftToOthers(entry, state, ways, function) { return .right }
    if ways.balanced.isEmpty {
      if isConditional(ways.held.map(\.state), others) || isFlagged(state, others) { return .right }
      return .suspect(rules.families[entry.family].isContext ? .resultTells : .open)
    }
    if entry.isByChoice {
      if isOnePickedOut(state, others) { return .right }
      if isOfItsOwn(state, others) { return .suspect(.upToCallers) }
    }
    if isNotedBesideLock(entry, state, ways.balanced.map(\.state), function) { return .right }
    if isToldToKnownCallers(state, others, function) {
      return .suspect(function.returns == .bool ? .open : .upToCallers)
    }
    return .leak
  }

  /// Somebody else commonly lets go of such a lock, and something says that it is so here; or the result
  /// says that a completion does.
  private func isLeftToOthers(
    _ entry: LockEntry, _ state: PathState, _ ways: WaysOut, _ function: Function
  ) -> Bool {
    let family = rules.families[entry.family]
    if family.isHandedOver,
      isNotedInMemory(state, ways.balanced.map(\.state))
        || (!family.isContext && !isFailure(state, function))
    {
      return true
    }
    return !ways.balanced.isEmpty
      && number(of: state).map { rules.completionResults.contains($0) } ?? false
  }

  /// The path has found two pointers equal, and holds the lock by way of the other one.
  mutating func isHeldByAnotherName(_ lock: Value, _ state: PathState) -> Bool {
    for (value, known) in state.facts where !known.containsZero {
      guard case .binary(.equal, let a, let b) = table[value], table.number(a) == nil,
        table.number(b) == nil
      else { continue }
      for (from, to) in [(a, b), (b, a)] where table.isMadeOf(lock, from) {
        let other = table.rebuild(lock) { _, part in part == from ? to : nil }
        if state.entry(of: other)?.isHeld == true { return true }
      }
    }
    return false
  }

  /// The result leads to the lock, or to a part of the object that a callee gave with its lock.
  private func isAbout(_ result: Value, _ lock: Value) -> Bool {
    // Also of the structure that an object lies in: `container_of(inode)->sem` with the inode.
    let node = table[result]
    if table.number(result) == nil, table.contains(lock, where: { $0 == node }) { return true }
    guard let object = table.unseenObject(of: lock) else { return false }
    return result != object && table.isMadeOf(result, object)
  }

  /// A member that says who holds a lock, or which ones are held, is set on this way out only.
  ///
  /// What a helper notes in the object of the lock that it takes excuses no failure.
  private func isNotedBesideLock(
    _ entry: LockEntry, _ state: PathState, _ others: [PathState], _ function: Function
  ) -> Bool {
    let isOfHelper = isByCallee(entry) && isFailure(state, function)
    return state.memory.contains { address, value in
      guard let name = memberName(address), words.noteHolder(unit.strings[name]),
        !isOfHelper || table.root(of: address) != table.root(of: entry.lock)
      else { return false }
      let theirs = intervals(at: address, others)
      // A number that was stored for the lock counts even where a way out has forgotten to clear it.
      if let number = table.number(value), number != 0, theirs.contains(.zero) { return true }
      return !state.interval(of: value, in: table).containsZero
        && theirs.allSatisfy { $0?.containsZero ?? true }
    }
  }

  private func memberName(_ address: Value) -> StringID? {
    switch table[address] {
    case .field(_, let name): name
    case .element(let array, _): memberName(array)
    default: nil
    }
  }

  /// This way out released a lock of the caller's that may be the same one under another name.
  private func isMeantByAnother(_ entry: LockEntry, _ state: PathState) -> Bool {
    state.locks.contains {
      $0.net < 0 && $0.family == entry.family && table.looksLike($0.lock, entry.lock)
    }
  }

  /// A way out without this lock that holds one which this way out does not: the function takes
  /// one of several.
  private func holdsAnother(_ other: PathState, than state: PathState) -> Bool {
    other.locks.contains { entry in
      entry.net > 0 && state.entry(of: entry.lock).map { $0.net <= 0 } ?? true
    }
  }

  /// A loop takes such a lock of each of its objects, and another one lets go of them.
  private func isOneOfMany(_ lock: Value, _ run: FunctionRun) -> Bool {
    run.exits.contains { exit in
      exit.state.locks.contains { entry in
        guard entry.isHeld, case .stale(let other) = table[entry.lock] else { return false }
        return table.looksLike(other, lock)
      }
    }
  }

  /// A callee's loop took such locks of a row of objects: which of them are meant where this function
  /// goes through the row, nobody knows.
  private func isOneOfCallees(_ entry: LockEntry, _ run: FunctionRun) -> Bool {
    run.exits.contains { exit in
      exit.state.locks.contains { other in
        guard other.isHeld, other.family == entry.family, other.lock != entry.lock,
          case .stored(_, let object) = table[table.root(of: other.lock)]
        else { return false }
        switch table[object] {
        case .stale, .join: return true
        default: return false
        }
      }
    }
  }

  /// The caller is given the locked object, or another lock for the one that it held.
  private func isHandedOut(_ entry: LockEntry, _ state: PathState, isOnlyHeld: Bool) -> Bool {
    if state.locks.contains(where: { $0.family == entry.family && $0.net < 0 }),
      isOnlyHeld || state.result.map({ table.isMadeOf(entry.lock, $0) }) == true
    {
      return true
    }
    guard let object = table.unseenObject(of: entry.lock) else { return false }
    if isByCallee(entry), isNameless(object, state) { return true }
    guard isOnlyHeld || rules.families[entry.family].isHandedOver else { return false }
    // An object that a callee gave, locked: where nobody here lets go, it is meant for others.
    if isOnlyHeld, case .result = table[object] { return true }
    return state.memory.contains { address, value in
      table.isVisible(address) && table.isMadeOf(value, object)
    }
  }

  /// A function that was followed took it, or one that the rules don't know.
  func isByCallee(_ entry: LockEntry) -> Bool {
    entry.takenBy.map(isFollowed) ?? true
  }

  /// An object that no variable here has the address of: a callee found it, and may have noted it
  /// where the caller sees it.
  private func isNameless(_ object: Value, _ state: PathState) -> Bool {
    guard case .stored = table[object] else { return false }
    return !isInVariable(object, state)
  }

  /// A local variable leads to the object.
  func isInVariable(_ object: Value, _ state: PathState) -> Bool {
    state.memory.contains { $0.value == object && !isVisibleStore($0.key) }
  }
}

/// The ways out of a function, by what they do to one lock.
struct WaysOut {
  typealias Exit = (state: PathState, place: Place)

  let lock: Value
  /// Those that leave it held.
  var held: [Exit] = []
  /// Those that took it and let go of it.
  var balanced: [Exit] = []
  /// Those that never had it.
  var untouched: [Exit] = []
  /// A callee took it on ways that some other way out did not go, and nothing tells the two apart.
  var isDeclined = false

  /// The states of all that leave without it.
  var others: [PathState] { (balanced + untouched).map(\.state) }
}

/// What a way out with a lock comes to.
private enum Verdict {
  case right
  case leak
  case suspect(Suspect.Reason)
}
