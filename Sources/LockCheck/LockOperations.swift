import BuiltinRules
import CSyntax
import Findings

// What the rules' operations do to the locks of a state.
extension LockAnalysis {
  /// Runs the operations of one call.
  mutating func operate(
    _ operations: [LockOperation], _ call: Call, _ state: PathState, _ run: inout FunctionRun
  ) -> [Outcome] {
    var start = state
    let result = fresh(call.site, &start, run)
    var outcomes = [Outcome(state: start, value: result)]
    for operation in operations where isMet(operation.condition, call, start) {
      outcomes = outcomes.flatMap { operate(operation, call, $0, &run) }
    }
    return outcomes
  }

  func isMet(_ condition: LockOperation.Condition?, _ call: Call, _ state: PathState)
    -> Bool
  {
    guard let condition, condition.argument < call.arguments.count else { return condition == nil }
    let isEqual =
      state.interval(of: call.arguments[condition.argument], in: table).number == condition.value
    return isEqual != condition.isNegated
  }

  private mutating func operate(
    _ operation: LockOperation, _ call: Call, _ outcome: Outcome, _ run: inout FunctionRun
  ) -> [Outcome] {
    var outcome = outcome
    if operation.action == .acquire { storeLock(operation.lock, call, &outcome.state) }
    guard let lock = lock(operation.lock, call, outcome.value, family: operation.family) else {
      return [outcome]
    }
    let action = LockAction(
      lock: lock, family: operation.family, mode: operation.mode, variant: operation.variant,
      token: token(operation.token, call, outcome), call: call)
    switch operation.action {
    case .acquire: return acquire(action, operation.outcome, outcome, &run)
    case .release:
      release(action, &outcome.state, &run)
      return [outcome]
    case .downgrade, .upgrade:
      change(action, &outcome.state)
      return [outcome]
    case .drop: return [outcome]
    case .forget:
      forget(operation, lock, &outcome.state)
      return [outcome]
    }
  }

  /// A call that finds the lock itself stores where it is for its caller, whatever was there before.
  private mutating func storeLock(_ path: LockPath, _ call: Call, _ state: inout PathState) {
    guard case .argument(let number) = path.root, number < call.arguments.count,
      path.steps == [.dereference, .dereference]
    else { return }
    let address = call.arguments[number]
    write(table.make(.stored(call.site, address)), to: address, &state)
  }

  /// An acquisition: taken for the results that say so, not taken for the others.
  private mutating func acquire(
    _ action: LockAction, _ taken: LockOutcome, _ outcome: Outcome, _ run: inout FunctionRun
  ) -> [Outcome] {
    guard let (success, failure) = taken.intervals else {
      var outcome = outcome
      acquire(action, &outcome.state, &run)
      return [outcome]
    }
    var outcomes: [Outcome] = []
    var yes = outcome
    // A trylock of a lock that is held already just fails.
    let isTry = taken == .nonzero
    let cannot = isTry && conflict(action, outcome.state) != nil
    if !cannot, yes.state.restrict(outcome.value, to: success, in: table) {
      acquire(isTry ? turnedOff(action, &yes.state) : action, &yes.state, &run)
      outcomes.append(yes)
    }
    var no = outcome
    if no.state.restrict(outcome.value, to: failure, in: table) {
      // Not taken: this path does not hold it, unless it did before.
      if no.state.entry(of: action.lock) == nil {
        no.state.set(
          LockEntry(
            lock: action.lock, family: action.family, status: .free, mode: action.mode,
            variant: action.variant, count: 0, flags: nil, heldAtEntry: false,
            event: no.state.witness))
      }
      outcomes.append(no)
    }
    return outcomes
  }

  /// A macro that turns interrupts or bottom halves off and then tries a lock takes it as the variant
  /// that does so, as `spin_trylock_irqsave()`.
  private func turnedOff(_ action: LockAction, _ state: inout PathState) -> LockAction {
    guard action.variant == .plain, action.call.macro >= 0 else { return action }
    for variant in [LockVariant.irqsave, .irq, .bh] {
      guard let family = rules.contextFamily(of: variant),
        let entry = state.locks.first(where: { $0.family == family && $0.status == .held }),
        entry.count == 1, !entry.heldAtEntry, (entry.flags != nil) == (variant == .irqsave),
        takenAt(entry) == action.call.place
      else { continue }
      state.locks.removeAll { $0.lock == entry.lock }
      var action = action
      action.variant = variant
      action.token = entry.flags
      return action
    }
    return action
  }

  /// The entry that forbids to take the lock again.
  private func conflict(_ action: LockAction, _ state: PathState) -> LockEntry? {
    guard let entry = state.entry(of: action.lock), entry.isHeld, !entry.isHandedOn else {
      return nil
    }
    let family = rules.families[action.family]
    if family.nesting == .counted || family.isContext { return nil }
    if action.mode == .shared, entry.mode == .shared, family.sharedNests { return nil }
    return entry
  }

  mutating func acquire(
    _ action: LockAction, _ state: inout PathState, _ run: inout FunctionRun
  ) {
    if let entry = conflict(action, state) {
      note(.lockDoubleAcquire, action, entry, state, &run)
    }
    state.witness = witness.add(
      .acquired(action.lock, by: action.call.spokenName), at: action.call.place,
      after: state.witness)
    state.forgotten.remove(action.lock)
    state.declined.remove(action.lock)
    // What is locked is there: no NULL pointer leads to it.
    let object = table.root(of: action.lock)
    if state.interval(of: object, in: table).containsZero {
      _ = state.restrict(object, to: .address, in: table)
    }
    var entry =
      state.entry(of: action.lock) ?? takenBackByLooks(action, &state)
      ?? LockEntry(
        lock: action.lock, family: action.family, status: .free, mode: action.mode,
        variant: action.variant, count: 0, flags: nil, heldAtEntry: false, event: state.witness)
    let isWrong = conflict(action, state) != nil
    if entry.isOutOfSight { (entry.heldAtEntry, entry.isOutOfSight) = (false, false) }
    if entry.wasLetGo, !entry.isHeld { forgetLists(&state, run) }
    // What others may have let go of is taken anew.
    let nests = entry.isHeld && !entry.isHandedOn && !isWrong
    // Whoever lets go of what is taken twice by mistake does not do it for the one who took it.
    if nests {
      letGo.insert(action.call.name)
    } else {
      entry.takenBy = isWrong ? nil : action.call.name
      entry.otherTakers = []
    }
    entry.count = nests ? min(entry.count + 1, 4) : 1
    entry.status = .held
    if !nests {
      entry.mode = action.mode
      entry.variant = action.variant
      entry.flags = action.token
      entry.event = state.witness
    }
    if entry.variant == .plain, !nests { takeBackPending(&entry, &state) }
    entry.family = action.family
    entry.isCertain = true
    entry.isReported = entry.isReported || isWrong
    entry.isHandedOn = false
    entry.isByChoice = action.isOneOfSeveral
    entry.carriedOver = nil
    entry.wasLetGo = false
    state.set(entry)
  }

  /// A lock that the path let go of for the caller, which it took for the same by its looks and takes
  /// back by the new name.
  private func takenBackByLooks(_ action: LockAction, _ state: inout PathState) -> LockEntry? {
    let released = state.locks.filter {
      $0.status == .released && $0.family == action.family && $0.isReported
        && table.looksLike($0.lock, action.lock)
    }
    guard released.count == 1, var entry = released.first else { return nil }
    state.locks.removeAll { $0.lock == entry.lock }
    entry.lock = action.lock
    return entry
  }

  /// A lock that is taken back: others may have filled or emptied lists meanwhile.
  private func forgetLists(_ state: inout PathState, _ run: FunctionRun) {
    let stale = state.facts.keys.filter { value in
      table.contains(value) { isAboutList($0, run) }
    }
    for value in stale { state.facts[value] = nil }
  }

  /// The first object of a list, or what a small function says of it that is taken to say the same each
  /// time.
  private func isAboutList(_ node: ValueNode, _ run: FunctionRun) -> Bool {
    switch node {
    case .content(let address):
      if case .field(_, vocabulary.next) = table[address] { true } else { false }
    case .pure(let name, _):
      run.predicates.contains(name) && unit.strings[name].contains("empty")
    default: false
    }
  }

  mutating func release(
    _ action: LockAction, _ state: inout PathState, _ run: inout FunctionRun
  ) {
    let place = action.call.place
    state.declined.remove(action.lock)
    if run.isReporting {
      released[run.index, default: []].insert(tail(action.lock, action.family))
    }
    settleContext(action.family, &state)
    if state.forgotten.contains(action.lock) {
      // Whoever holds the lock, interrupts are on from here.
      if action.variant != .plain { turnOn(action, &state) }
      return
    }
    guard var entry = entry(for: action, in: state), entry.isCertain, !entry.isOutOfSight else {
      // Not touched before: the caller must hold it.
      noteUntouchedRelease(action, state, &run)
      if action.variant != .plain {
        state.locks.removeAll { $0.lock == pending(for: action.variant) }
      }
      state.witness = witness.add(
        .released(action.lock, by: action.call.spokenName), at: place, after: state.witness)
      state.set(
        LockEntry(
          lock: action.lock, family: action.family, status: .released, mode: action.mode,
          variant: action.variant, count: 0, flags: action.token, heldAtEntry: true,
          modeAtEntry: action.mode, event: state.witness,
          isOutOfSight: isOutOfSight(action, state), wasLetGo: true))
      return
    }
    if entry.isHeld {
      if run.isReporting, !entry.heldAtEntry {
        run.releases[ReleaseSite(call: action.call.site, lock: action.lock), default: .init()]
          .held.append(state)
      }
      noteLetGo(entry)
      judgeRelease(action, entry, state, &run)
      settle(action, &entry, &state)
    } else if isDueOnce(entry), !action.isOptional {
      note(.lockNotHeld, action, entry, state, &run)
      entry.isReported = true
    }
    state.witness = witness.add(
      .released(action.lock, by: action.call.spokenName), at: place, after: state.witness)
    if entry.count > 1 {
      entry.count -= 1
    } else {
      entry.count = 0
      entry.status = entry.heldAtEntry ? .released : .free
    }
    entry.event = state.witness
    entry.wasLetGo = true
    state.set(entry)
  }

  /// A callee let go of a lock whose object it had found itself: nothing here, and nothing that the
  /// callers can see, leads to it.
  private func isOutOfSight(_ action: LockAction, _ state: PathState) -> Bool {
    guard action.isByCallee, !table.isVisible(action.lock) else { return false }
    let object = table.root(of: action.lock)
    if case .local = table[object] { return false }
    return !action.call.arguments.contains { table.root(of: $0) == object }
      && !isInVariable(object, state)
  }

  /// A second release is wrong: the lock does not nest, or this function has ended what it began.
  private func isDueOnce(_ entry: LockEntry) -> Bool {
    let family = rules.families[entry.family]
    if family.isHandedOver { return false }
    if family.nesting != .counted, !family.isContext { return true }
    return entry.status == .free && entry.wasLetGo
  }

  private mutating func change(_ action: LockAction, _ state: inout PathState) {
    if var entry = entry(for: action, in: state) {
      entry.mode = action.mode
      state.set(entry)
    } else {
      state.set(
        LockEntry(
          lock: action.lock, family: action.family, status: .inherited, mode: action.mode,
          variant: action.variant, count: 1, flags: nil, heldAtEntry: true, event: state.witness))
    }
  }

  /// From here on nothing is known of one lock, or of all of a family.
  private mutating func forget(_ operation: LockOperation, _ lock: Value, _ state: inout PathState)
  {
    guard operation.lock.root == .context, !rules.families[operation.family].isContext else {
      lose(lock, &state)
      return
    }
    for entry in state.locks where entry.family == operation.family { noteLetGo(entry) }
    state.locks.removeAll { $0.family == operation.family }
    state.isVague = true
  }

  mutating func lose(_ lock: Value, _ state: inout PathState) {
    if let entry = state.entry(of: lock) { noteLetGo(entry) }
    state.locks.removeAll { $0.lock == lock }
    state.forgotten.insert(lock)
  }

  /// The entry that a release means: the lock itself, or the only held one that has the same
  /// shape but for values that could not be followed; of a callee, the only one whose last member
  /// is the same, as its objects may lead back to those of the caller.
  func entry(for action: LockAction, in state: PathState) -> LockEntry? {
    if let entry = state.entry(of: action.lock) { return entry }
    let candidates = state.locks.filter {
      $0.status == .held && $0.family == action.family
    }
    var alike = candidates.filter { table.looksLike($0.lock, action.lock) }
    if alike.isEmpty, action.isByCallee {
      alike = candidates.filter { isPerhaps(action.lock, $0) }
    }
    guard alike.count == 1 else { return nil }
    // What follows from a match by looks alone is no news.
    var entry = alike[0]
    entry.isReported = true
    return entry
  }
}

/// One acquisition or release, with the lock and the flags known.
struct LockAction {
  let lock: Value
  let family: Int
  let mode: LockMode
  var variant: LockVariant
  /// The value of the saved flags or index.
  var token: Value?
  let call: Call
  /// Done by one of several ways that a callee may have gone.
  var isOneOfSeveral = false
  /// Done by a function that does it on some of its ways only, whichever it went here.
  var isConditional = false
  /// Done by a function that leaves it alone on ways which its caller cannot tell from this one.
  var isOptional = false
  /// Done by a function that was followed, which has names of its own for the lock.
  var isByCallee = false
}

extension LockOutcome {
  /// Results for which the lock is taken and for which it is not; nil when it always is.
  var intervals: (taken: Interval, failed: Interval)? {
    switch self {
    case .always: nil
    case .nonzero, .nonnull: (Interval(low: 1), .zero)
    case .zero: (.zero, .negative)
    case .valid: (Interval(low: 1, mayBeZero: false), Interval(high: 0))
    case .notError, .notNegative: (.nonnegative, .negative)
    }
  }
}

extension ValueTable {
  /// True when two access paths differ in values only that the analysis could not follow.
  func looksLike(_ a: Value, _ b: Value) -> Bool {
    if a == b { return true }
    switch (self[a], self[b]) {
    case (.field(let x, let f), .field(let y, let g)): return f == g && looksLike(x, y)
    case (.element(let x, let i), .element(let y, let j)):
      return looksLike(x, y) && (i == j || number(i) == nil || number(j) == nil)
    case (.content(let x), .content(let y)): return looksLike(x, y)
    case (.stale(let x), _): return looksLike(x, b)
    case (_, .stale(let y)): return looksLike(a, y)
    default: return isUnsure(a) || isUnsure(b)
    }
  }

  /// True for a lock whose object has a name of the analysis' own: what paths join, or what a callee
  /// or an earlier round left.
  func isRenamed(_ lock: Value) -> Bool {
    contains(lock) { node in
      switch node {
      case .join, .stale, .stored: true
      default: false
      }
    }
  }

  /// True for a value that could not be followed to what it is.
  func isUnsure(_ value: Value) -> Bool {
    switch self[value] {
    case .result, .stored, .join, .stale, .part, .binary: true
    // What an uninitialised local holds: something that assembly put there.
    case .content(let address):
      if case .local = self[address] { true } else { false }
    default: false
    }
  }
}
