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
    var held: [(state: PathState, place: Place)] = []
    var balanced: [(state: PathState, place: Place)] = []
    var untouched: [(state: PathState, place: Place)] = []
    var isDeclined = false
    for exit in run.exits where !exit.state.forgotten.contains(lock) {
      switch exit.state.entry(of: lock) {
      case let entry? where entry.net > 0: held.append(exit)
      // Another way of the callee that takes it for this function says nothing of what it should do.
      case _ where exit.state.declined.contains(lock): isDeclined = true
      case _ where isHeldByAnotherName(lock, exit.state): break
      // A trylock that failed has not touched it.
      case let entry? where entry.wasLetGo: balanced.append(exit)
      default: untouched.append(exit)
      }
    }
    let others = (balanced + untouched).map(\.state)
    for exit in held where !exit.state.isVague {
      guard let entry = exit.state.entry(of: lock), !entry.isReported, !entry.isHandedOn,
        !isHandedOut(entry, exit.state, isOnlyHeld: balanced.isEmpty),
        // Whether a callee left preemption or the like off, nobody here can see.
        !entry.isByChoice || !rules.families[entry.family].isContext,
        entry.carriedOver == nil || !isOneOfMany(lock, run),
        !entry.isByChoice || !isOneOfCallees(entry, run),
        !isMeantByAnother(entry, exit.state),
        !balanced.isEmpty || !table.isRenamed(lock)
      else { continue }
      let family = rules.families[entry.family]
      let report = LockReport(
        type: .lockHeldAtReturn, confidence: balanced.isEmpty ? .medium : .high,
        place: exit.place, lock: lock, earlier: entry.event, witness: exit.state.witness,
        call: nil, held: entry, action: nil, rightExit: balanced.first?.place,
        memory: exit.state.memory)
      if let shown = entry.shown, exit.state.result == shown { continue }
      // A lock that nests is the outer function's to let go of, if no way here does.
      if balanced.isEmpty, isDeclined || entry.isByChoice { continue }
      if others.isEmpty || others.allSatisfy({ holdsAnother($0, than: exit.state) }) {
        suspects.append(
          Suspect(
            function: run.index, report: report, isToldByResult: false,
            isOnEachWayOut: others.isEmpty))
        continue
      }
      if let result = exit.state.result, isAbout(result, lock) {
        suspects.append(
          Suspect(function: run.index, report: report, isToldByResult: true, isAboutLock: true))
        continue
      }
      // Compare with the balanced ways out first: they show what the function means to do.
      let compared =
        (balanced.isEmpty
        ? others.filter { !isConditional([exit.state], [$0]) } : balanced.map(\.state))
        .filter { !holdsAnother($0, than: exit.state) }
      if isGiven(entry, exit.state, compared) || isTakenOver(exit, others: compared, run.function) {
        suspects.append(Suspect(function: run.index, report: report, isToldByResult: true))
        continue
      }
      if family.isHandedOver,
        isNotedInMemory(exit.state, balanced.map(\.state))
          || (!family.isContext && !isFailure(exit.state, run.function))
      {
        continue
      }
      if balanced.isEmpty {
        if isConditional(held.map(\.state), others) || isFlagged(exit.state, others) { continue }
        suspects.append(
          Suspect(function: run.index, report: report, isToldByResult: family.isContext))
        continue
      }
      if let number = number(of: exit.state), rules.completionResults.contains(number) { continue }
      if entry.isByChoice, isOnePickedOut(exit.state, others) { continue }
      if isNotedBesideLock(entry, exit.state, balanced.map(\.state), run.function) { continue }
      if isToldToKnownCallers(exit.state, others, run.function) {
        suspects.append(
          Suspect(
            function: run.index, report: report, isToldByResult: false,
            isUpToCallers: run.function.returns != .bool))
        continue
      }
      run.reports.append(report)
    }
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
    if table.isMadeOf(lock, result) { return true }
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

  /// What is known of what some states have stored at an address; nil of those that have not.
  private func intervals(at address: Value, _ states: [PathState]) -> [Interval?] {
    states.map { state in state.memory[address].map { state.interval(of: $0, in: table) } }
  }

  private func memberName(_ address: Value) -> StringID? {
    switch table[address] {
    case .field(_, let name): name
    case .element(let array, _): memberName(array)
    default: nil
    }
  }

  /// One number with the lock and others without, to callers of this file: they show what is meant,
  /// but for a failure, which nobody reports with a lock held.
  private func isToldToKnownCallers(
    _ state: PathState, _ others: [PathState], _ function: Function
  ) -> Bool {
    guard function.returns != .pointer, isOnlyCalled(function), let mine = number(of: state),
      mine >= 0
    else { return false }
    return isResult(mine, inNoneOf: others)
  }

  /// The result is a positive number, and is that number on no other way out.
  func isToldByNumber(_ state: PathState, _ others: [PathState]) -> Bool {
    guard let mine = number(of: state), mine > 0 else { return false }
    return isResult(mine, inNoneOf: others)
  }

  private func isResult(_ number: Int64, inNoneOf states: [PathState]) -> Bool {
    states.allSatisfy { state in
      state.result.map {
        state.interval(of: $0, in: table).isDisjoint(from: .exactly(number))
      } ?? false
    }
  }

  /// A callee's result that was compared with one number, and is that number on no other way out: the
  /// caller is to do the same.
  private func isOnePickedOut(_ state: PathState, _ others: [PathState]) -> Bool {
    guard let result = state.result, table.number(result) == nil, let mine = number(of: state),
      mine != 0
    else { return false }
    return isResult(mine, inNoneOf: others)
  }

  private func number(of state: PathState) -> Int64? {
    state.result.flatMap { state.interval(of: $0, in: table).number }
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

  /// A flag that the caller can see is set with the lock held, and only then.
  private func isFlagged(_ state: PathState, _ others: [PathState]) -> Bool {
    state.memory.contains { address, value in
      guard table.isVisible(address), let number = table.number(value), number != 0 else {
        return false
      }
      return others.allSatisfy { $0.memory[address] == nil || $0.memory[address] != value }
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
          case .stored(_, let object) = table[table.root(of: other.lock) ?? other.lock]
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
    return !state.memory.contains { $0.value == object && !isVisibleStore($0.key) }
  }

  /// The result, or what the function stores for its caller, tells that the lock is held: success
  /// with the lock, failure without.
  private func isTakenOver(
    _ exit: (state: PathState, place: Place), others: [PathState], _ function: Function
  ) -> Bool {
    if let value = exit.state.result {
      let mine = exit.state.interval(of: value, in: table)
      let theirs = others.compactMap { other in
        other.result.map { (value: $0, interval: other.interval(of: $0, in: table)) }
      }
      // `x_lock_timeout()` returns what is left of the time: the name says what the numbers do not.
      if words.areOfLock(unit.strings[function.name]), theirs.count == others.count,
        theirs.allSatisfy({ $0.interval.number != nil && $0.interval != mine }), mine.high > 0
      {
        return true
      }
      if theirs.count == others.count, isSame(value, mine, theirs) { return true }
      if theirs.count == others.count, theirs.allSatisfy({ mine.isDisjoint(from: $0.interval) }),
        isTelling(mine, function) || isSuccessOfLock(mine, theirs.map(\.interval), function),
        isSuccess(mine, against: theirs)
      {
        return true
      }
      // A positive number of the function's own is success beside the errors of its callees.
      if theirs.count == others.count, table.number(value) ?? 0 > 0,
        theirs.allSatisfy({ $0.interval.high < 0 || isErrorCode($0.value, $0.interval) })
      {
        return true
      }
      // A pointer that is computed is hardly ever NULL, even if that cannot be shown.
      if theirs.count == others.count, function.returns == .pointer, mine != .zero,
        theirs.allSatisfy({ $0.interval == .zero })
          || mine.low >= 0
            && theirs.allSatisfy({ $0.interval.high <= 0 || isErrorCode($0.value, $0.interval) })
      {
        return true
      }
    }
    return isToldByMemory(exit.state, others)
  }

  /// The locked object is given to the caller where it can see it, on success.
  private func isGiven(_ entry: LockEntry, _ state: PathState, _ others: [PathState]) -> Bool {
    if isChosen(entry.lock, state, others) { return true }
    guard let object = table.unseenObject(of: entry.lock) else { return false }
    return state.memory.contains { address, value in
      isVisibleStore(address) && table.isMadeOf(value, object)
        && others.allSatisfy { $0.memory[address] != value }
    }
  }

  /// The caller is given the address of one of several parts, and this way out holds the lock in it.
  private func isChosen(_ lock: Value, _ state: PathState, _ others: [PathState]) -> Bool {
    state.memory.contains { address, value in
      guard isVisibleStore(address), table.isInside(lock, value) else { return false }
      return others.allSatisfy { other in
        other.memory[address].map { $0 != value && isPart($0) } ?? false
      }
    }
  }

  private func isPart(_ address: Value) -> Bool {
    switch table[address] {
    case .field, .element, .global: true
    default: false
    }
  }

  /// One value, such as a trylock's result, is zero where the lock is free and not zero where it is
  /// held.
  private func isSame(
    _ value: Value, _ mine: Interval, _ theirs: [(value: Value, interval: Interval)]
  ) -> Bool {
    !mine.containsZero
      && theirs.allSatisfy {
        $0.interval == .zero && ($0.value == value || table.number($0.value) == 0)
      }
      && theirs.contains { $0.value == value }
  }

  /// The result says that the function failed, or there is none.
  private func isFailure(_ state: PathState, _ function: Function) -> Bool {
    guard let value = state.result else { return true }
    let known = state.interval(of: value, in: table)
    if function.returns == .pointer || function.returns == .bool { return known.high <= 0 }
    return known.high < 0 || isErrorCode(value, known)
  }

  /// Results that say yes or no: a flag, a pointer, an error code or one number; no counts.
  private func isTelling(_ mine: Interval, _ function: Function) -> Bool {
    function.returns == .pointer || function.returns == .bool || mine.number != nil
  }

  /// What a function that takes something gives when it did not fail.
  private func isSuccessOfLock(_ mine: Interval, _ others: [Interval], _ function: Function) -> Bool
  {
    mine.low >= 0 && others.allSatisfy { $0.high < 0 }
      && words.mean(unit.strings[function.name])
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
      return others.allSatisfy {
        $0.interval.high < 0 || isErrorCode($0.value, $0.interval)
          || $0.interval.low > 0xffff
      }
    }
    return true
  }

  /// What a callee gave and was not zero is taken for an error; a parameter or count is not.
  private func isErrorCode(_ value: Value, _ interval: Interval) -> Bool {
    guard !interval.containsZero, interval.low < 0 else { return false }
    // One of the numbers that it may be is no error.
    if interval.high > 0, interval.high < .max { return false }
    switch table[value] {
    case .result, .stored, .join, .pure: return true
    case .content: return table.isUnsure(value)
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

  /// Something that the caller can see is not zero, and is so on no way out that lets go.
  private func isNotedInMemory(_ state: PathState, _ others: [PathState]) -> Bool {
    state.memory.contains { address, value in
      guard table.isVisible(address) else { return false }
      let mine = state.interval(of: value, in: table)
      let theirs = intervals(at: address, others)
      return !mine.containsZero && theirs.allSatisfy { $0?.containsZero ?? true }
        || mine != .zero && theirs.allSatisfy { $0 == .zero }
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
