import BuiltinRules
import CSyntax

// From the ways out of a function to rows, and from rows to what a call does.
extension LockAnalysis {
  /// More rows than this: the function is not followed by its callers.
  static let rowLimit = 24

  /// The summary of a function whose exits are known.
  mutating func summarise(_ run: FunctionRun) -> Summary {
    // What is reported here is no burden of the callers.
    let leaked = Set(run.reports.filter { $0.type == .lockHeldAtReturn }.map(\.lock))
    // A lock that it is said to release, though not all ways show it, may be free afterwards; one
    // that it is said to take as well is taken back.
    let promises = self.promises(run.function)
    let promised = promises.filter { promise in
      promise.annotation.promise == .releases
        && !promises.contains { $0.annotation.promise == .acquires && $0.text == promise.text }
    }.compactMap { lock(namedBy: $0.text, in: run.function) }
    var exits: [PathState] = []
    // Callers need not reckon with what a warning says must not be.
    let isExpected = run.exits.contains { !$0.state.isWarned }
    for (var state, _) in run.exits where !isExpected || !state.isWarned {
      if state.isVague { return .vague }
      state.locks.removeAll { leaked.contains($0.lock) && $0.net > 0 }
      for lock in promised where state.entry(of: lock) == nil { state.forgotten.insert(lock) }
      exits.append(state)
    }
    for detail in RowDetail.allCases {
      let rows = merged(exits, by: detail, run)
      guard rows.count <= Self.rowLimit else { continue }
      return Summary(rows: toldApart(rows.map { row(of: $0) }, run.function))
    }
    return .vague
  }

  /// Ways out that do the same to the locks, merged; `detail` says what else keeps them apart.
  private mutating func merged(
    _ exits: [PathState], by detail: RowDetail, _ run: FunctionRun
  ) -> [PathState] {
    let keys = exits.map { state in
      RowKey(
        locks: state.locks.filter(\.isKnown).map(\.key),
        truths: detail != .outcome ? key(of: state, run).truths : [],
        outcome: detail != .conditions ? outcome(of: state) : [:])
    }
    return merged(exits, keyed: keys, at: run.graph.blocks.count, run)
  }

  /// What the caller learns of a way: whether the result is zero, an error or neither (under the
  /// key −1), and which numbers lie at out-parameters.
  private func outcome(of state: PathState) -> [Value: Int64] {
    var outcome: [Value: Int64] = [:]
    if let value = state.result {
      let known = state.interval(of: value, in: table)
      outcome[Value(raw: -1)] =
        known == .zero ? 0 : known.high < 0 ? -1 : !known.containsZero ? 1 : 2
    }
    for (address, value) in state.memory where isVisibleStore(address) {
      outcome[address] = state.interval(of: value, in: table).number
    }
    return outcome
  }

  private mutating func row(of state: PathState) -> Summary.Row {
    let facts = state.facts.filter { table.isVisible($0.key) }.sorted { $0.key < $1.key }
    let writes = state.memory.filter { address, _ in
      // The caller can also see what the function stored in an object that it returns.
      isVisibleStore(address) || state.result.map { table.isMadeOf(address, $0) } ?? false
    }.sorted { $0.key < $1.key }
    return Summary.Row(
      facts: facts.map { ($0.key, $0.value) },
      effects: state.locks.filter(\.isCertain).flatMap { effects(of: $0) }
        + state.forgotten.sorted().map {
          Summary.Effect(
            kind: .forget, lock: $0, family: 0, mode: .exclusive, variant: .plain, flags: nil)
        },
      writes: writes.map { ($0.key, $0.value, state.interval(of: $0.value, in: table)) },
      clobbers: state.clobbered.sorted(), result: state.result,
      resultInterval: state.result.map { state.interval(of: $0, in: table) } ?? .any)
  }

  /// Ways that leave locks otherwise than a way whose result is zero, or than ways that all fail, are
  /// taken to have another result where theirs is not known: else no caller could tell them apart.
  private func toldApart(_ rows: [Summary.Row], _ function: Function) -> [Summary.Row] {
    // A pointer that is no error, where errors are pointers too, leads somewhere.
    let success: Interval = function.returns == .pointer ? .address : .nonnegative
    let mayFail = rows.contains { $0.resultInterval.high < 0 }
    let rows = rows.map { row in
      var row = row
      if mayFail, row.resultInterval.low == 0, row.resultInterval.number == nil {
        row.resultInterval = row.resultInterval.meet(success)
      }
      return row
    }
    let changes = rows.map(\.change)
    return zip(rows, changes).map { row, change in
      var row = row
      let others = zip(rows, changes).filter { $0.1 != change }.map(\.0)
      guard !others.isEmpty, others.allSatisfy({ $0.result != nil }) else { return row }
      let failed = others.allSatisfy { $0.resultInterval.high < 0 }
      guard failed || others.contains(where: { $0.resultInterval == .zero }) else { return row }
      let rest = row.resultInterval.meet(failed ? success : .nonzero)
      if !rest.isEmpty { row.resultInterval = rest }
      return row
    }
  }

  func isVisibleStore(_ address: Value) -> Bool {
    if case .local = table[table.root(of: address) ?? address] { return false }
    return table.isVisible(address)
  }

  private func effects(of entry: LockEntry) -> [Summary.Effect] {
    if isPending(entry.lock) { return [] }
    func effect(_ kind: Summary.Effect.Kind, _ mode: LockMode) -> Summary.Effect {
      Summary.Effect(
        kind: entry.isHandedOn ? .forget : kind, lock: entry.lock, family: entry.family,
        mode: mode, variant: entry.variant, flags: entry.flags)
    }
    switch (entry.heldAtEntry, entry.isHeld) {
    case (false, true): return [effect(.acquire, entry.mode)]
    case (true, false): return [effect(.release, entry.modeAtEntry ?? entry.mode)]
    case (false, false): return [effect(.touch, entry.mode)]
    case (true, true):
      guard let before = entry.modeAtEntry, before != entry.mode else {
        return [effect(.require, entry.mode)]
      }
      return [effect(.release, before), effect(.acquire, entry.mode)]
    }
  }

  /// The states after a call of a function with `summary`.
  mutating func apply(
    _ summary: Summary, _ call: Call, _ state: PathState, _ run: inout FunctionRun
  ) -> [Outcome] {
    var start = state
    let unknown = fresh(call.site, &start, run)
    var feasible: [Way] = []
    for row in summary.rows {
      var state = start
      var site = Substitution(call: call, before: start)
      if restrict(row, &site, &state) { feasible.append(Way(row: row, state: state, site: site)) }
    }
    // Where the facts don't say which way the callee goes, ways that contradict the locks held
    // here are taken to be the impossible ones.
    let fitting = feasible.filter { candidate in
      var site = candidate.site
      // What the way itself lets go of first it may take again.
      let released = Set(candidate.row.effects.filter { $0.kind == .release }.map(\.lock))
      return candidate.row.effects.allSatisfy {
        $0.kind == .acquire && released.contains($0.lock) || fits($0, candidate.state, &site)
      }
    }
    let chosen = fitting.isEmpty ? feasible : fitting
    let knowing = chosen.filter { candidate in
      var site = candidate.site
      return candidate.row.effects.contains { $0.kind == .release }
        && !candidate.row.effects.contains { releasesUnseen($0, candidate.state, &site) }
    }
    // Ways that release what is held here are the likelier ones, where others release what is not.
    let likely = chosen.filter { candidate in
      var site = candidate.site
      return knowing.isEmpty
        || !candidate.row.effects.contains { releasesUnseen($0, candidate.state, &site) }
    }
    return handingOn(sparing(lettingGo(takingBack(likely)))).map {
      perform($0, unknown, isOneOfSeveral: feasible.count > 1, of: summary, &run)
    }
  }

  /// Takes a row's conditions over to the caller; false when they cannot hold.
  private mutating func restrict(
    _ row: Summary.Row, _ site: inout Substitution, _ state: inout PathState
  ) -> Bool {
    for (value, interval) in row.facts {
      let here = site.translate(value, &self)
      let known = state.interval(of: here, in: table)
      if known.isDisjoint(from: interval) { return false }
      if case .stored = table[here] { continue }
      guard state.restrict(here, to: interval, in: table) else { return false }
      if interval == .nonzero || interval == .zero {
        guard state.assume(here, interval != .zero, in: table) else { return false }
      }
    }
    return true
  }

  private mutating func fits(
    _ effect: Summary.Effect, _ state: PathState, _ site: inout Substitution
  ) -> Bool {
    guard let entry = state.entry(of: site.translate(effect.lock, &self)) else { return true }
    let family = rules.families[effect.family]
    switch effect.kind {
    case .acquire, .touch:
      return !entry.isHeld || family.nesting == .counted || family.isContext
        || (effect.mode == .shared && entry.mode == .shared && family.sharedNests)
    case .release: return entry.isHeld && entry.mode == effect.mode
    case .require: return entry.isHeld
    case .forget: return true
    }
  }

  /// Where some ways take back a lock that this path let go of for the caller, those that take
  /// another one are the unlikely ones; and so are ways that take what this path was spared to let
  /// go of.
  private mutating func takingBack(_ ways: [Way]) -> [Way] {
    let ways = consistent(ways)
    var returning: [Bool] = []
    for way in ways {
      var site = way.site
      returning.append(
        way.row.effects.contains { effect in
          effect.kind == .acquire
            && way.state.entry(of: site.translate(effect.lock, &self))?.status == .released
        })
    }
    guard returning.contains(true) else { return ways }
    return zip(ways, returning).compactMap { way, isReturning in
      isReturning || !way.row.effects.contains { $0.kind == .acquire } ? way : nil
    }
  }

  /// Without the ways that take a lock which this path was spared to let go of, if others are left.
  private mutating func consistent(_ ways: [Way]) -> [Way] {
    guard ways.count > 1, ways.contains(where: { !$0.state.spared.isEmpty }) else { return ways }
    var rest: [Way] = []
    for way in ways {
      var site = way.site
      let takesSpared = way.row.effects.contains {
        $0.kind == .acquire && way.state.spared.contains(site.translate($0.lock, &self))
      }
      if !takesSpared { rest.append(way) }
    }
    return rest.isEmpty ? ways : rest
  }

  /// The locks that a way lets go of, as the caller knows them.
  private mutating func releases(by way: Way) -> [(lock: Value, family: Int)] {
    var site = way.site
    return way.row.effects.filter { $0.kind == .release }.map {
      (site.translate($0.lock, &self), $0.family)
    }
  }

  /// Notes what ways let go of that others leave to the caller who holds it.
  private mutating func sparing(_ ways: [Way]) -> [Way] {
    guard ways.count > 1 else { return ways }
    let released = ways.map { Set(releases(by: $0).map(\.lock)) }
    let all = released.reduce(into: Set<Value>()) { $0.formUnion($1) }
    return zip(ways, released).map { way, mine in
      var way = way
      way.state.spared.formUnion(
        all.subtracting(mine).filter { way.state.entry(of: $0).map { !$0.isHeld } ?? true })
      return way
    }
  }

  /// A lock that a callee took on some of its ways is let go of by another's like ways: those that
  /// keep it are the unlikely ones, unless the caller can tell from the result.
  private mutating func lettingGo(_ ways: [Way]) -> [Way] {
    guard ways.count > 1 else { return ways }
    let released = ways.map { way -> Set<Value> in
      var site = way.site
      return Set(
        way.row.effects.compactMap { effect in
          let lock = site.translate(effect.lock, &self)
          guard effect.kind == .release || effect.kind == .forget,
            let entry = way.state.entry(of: lock), entry.isHeld, entry.isByChoice
          else { return nil }
          return lock
        })
    }
    let all = released.reduce(into: Set<Value>()) { $0.formUnion($1) }
    guard !all.isEmpty else { return ways }
    return zip(ways, released).compactMap { way, mine in
      let isLikely = all.subtracting(mine).allSatisfy { lock in
        zip(ways, released).allSatisfy { other, its in
          !its.contains(lock)
            || way.row.resultInterval.isDisjoint(from: other.row.resultInterval)
        }
      }
      return isLikely ? way : nil
    }
  }

  /// What some ways let go of, another may have had let go of for it, where nothing that can be seen
  /// here tells the two apart.
  private mutating func handingOn(_ ways: [Way]) -> [Way] {
    guard ways.count > 1 else { return ways }
    let released = ways.map { releases(by: $0) }
    guard released.contains(where: { !$0.isEmpty }) else { return ways }
    return ways.indices.map { number in
      var way = ways[number]
      for index in way.state.locks.indices where way.state.locks[index].isHeld {
        let entry = way.state.locks[index]
        func isAmong(_ locks: [(lock: Value, family: Int)]) -> Bool {
          locks.contains { $0.family == entry.family && isPerhaps($0.lock, entry) }
        }
        guard !isAmong(released[number]) else { continue }
        let isUntold = ways.indices.contains {
          isAmong(released[$0]) && !areToldApart(ways[number], ways[$0], about: entry.lock)
        }
        if isUntold { way.state.locks[index].isHandedOn = true }
      }
      return way
    }
  }

  /// What a callee calls `lock` may be the lock of `entry`, by its shape or its last member.
  func isPerhaps(_ lock: Value, _ entry: LockEntry) -> Bool {
    if table.looksLike(lock, entry.lock) { return true }
    let name = tail(lock, entry.family).name
    return name != nil && tail(entry.lock, entry.family).name == name
  }

  /// True when the result, what is stored for the caller, or a condition that the caller can follow
  /// tells two ways of a callee apart.
  private mutating func areToldApart(_ one: Way, _ other: Way, about lock: Value) -> Bool {
    if one.row.resultInterval.isDisjoint(from: other.row.resultInterval) { return true }
    for mine in one.row.writes {
      for its in other.row.writes where its.address == mine.address {
        if mine.interval.isDisjoint(from: its.interval) { return true }
      }
    }
    var site = one.site
    for mine in one.row.facts {
      for its in other.row.facts where its.value == mine.value {
        guard mine.interval.isDisjoint(from: its.interval) else { continue }
        let value = site.translate(mine.value, &self)
        // What a task notes of itself, or of the lock beside it, is of the callees' own making.
        if table.isVisible(value), !table.contains(value, where: isCurrent),
          !isBeside(lock, value)
        {
          return true
        }
      }
    }
    return false
  }

  /// True when `value` is made of a member beside the lock that says who holds it, or how often.
  private func isBeside(_ lock: Value, _ value: Value) -> Bool {
    guard case .field(let object, _) = table[lock] else { return false }
    return table.contains(value) { node in
      guard case .content(let address) = node, case .field(object, let name) = table[address]
      else { return false }
      return LockWords.noteHolder(unit.strings[name])
    }
  }

  private func isCurrent(_ node: ValueNode) -> Bool {
    if case .pure(vocabulary.current, _) = node { true } else { false }
  }

  private mutating func releasesUnseen(
    _ effect: Summary.Effect, _ state: PathState, _ site: inout Substitution
  ) -> Bool {
    guard effect.kind == .release else { return false }
    return state.entry(of: site.translate(effect.lock, &self)).map { !$0.isHeld } ?? true
  }

  /// Does what a row says: locks, stores, result.
  private mutating func perform(
    _ way: Way, _ unknown: Value, isOneOfSeveral: Bool, of summary: Summary,
    _ run: inout FunctionRun
  ) -> Outcome {
    let (row, before) = (way.row, way.state)
    var state = before
    var site = way.site
    for effect in row.effects {
      let action = LockAction(
        lock: site.translate(effect.lock, &self), family: effect.family, mode: effect.mode,
        variant: effect.variant, token: effect.flags.map { site.translate($0, &self) },
        call: site.call, isOneOfSeveral: isOneOfSeveral,
        isConditional: !summary.rows.allSatisfy { $0.effects.contains(effect) }, isByCallee: true)
      switch effect.kind {
      case .acquire: acquire(action, &state, &run)
      case .release: release(action, &state, &run)
      case .touch:
        if let entry = state.entry(of: action.lock) {
          if !fits(effect, before, &site) {
            note(.lockDoubleAcquire, action, entry, state, &run)
          }
        } else {
          state.set(
            LockEntry(
              lock: action.lock, family: action.family, status: .free, mode: action.mode,
              variant: action.variant, count: 0, flags: nil, heldAtEntry: false,
              event: state.witness))
        }
      case .require:
        if let entry = state.entry(of: action.lock), entry.isCertain, !entry.isHeld,
          !isOneOfSeveral, wasReleased(entry)
        {
          noteContract(entry, site.call, state, &run)
        }
      case .forget: lose(action.lock, &state)
      }
    }
    invalidate(
      row.clobbers.map { site.translate($0, &self) }, by: site.call.site, isAtHand: true, &state)
    let writes = row.writes.map {
      (site.translate($0.address, &self), site.translate($0.value, &self), $0.interval)
    }
    for (address, value, interval) in writes {
      write(value, to: address, &state)
      _ = state.restrict(value, to: interval, in: table)
    }
    let value = row.result.map { site.translate($0, &self) } ?? unknown
    _ = state.restrict(value, to: row.resultInterval, in: table)
    return Outcome(state: state, value: value)
  }
}

/// Puts a call's arguments in the place of its callee's parameters.
struct Substitution {
  let call: Call
  /// Memory as it is at the call.
  let before: PathState
  private var done: [Value: Value] = [:]

  init(call: Call, before: PathState) {
    self.call = call
    self.before = before
  }

  /// A callee's value as the caller sees it; what only the callee knows becomes a value of the
  /// call's own.
  mutating func translate(_ value: Value, _ analysis: inout LockAnalysis) -> Value {
    if let known = done[value] { return known }
    let result = translated(value, &analysis)
    done[value] = result
    return result
  }

  private mutating func translated(_ value: Value, _ analysis: inout LockAnalysis) -> Value {
    switch analysis.table[value] {
    case .constant, .global, .function, .string: return value
    case .parameter(let number):
      return number < call.arguments.count
        ? call.arguments[number] : analysis.table.make(.stored(call.site, value))
    case .local, .result, .stored, .join, .stale:
      return analysis.table.make(.stored(call.site, value))
    case .content(let address):
      return analysis.read(translate(address, &analysis), before)
    case .field(let base, let name):
      return analysis.table.make(.field(translate(base, &analysis), name))
    case .element(let base, let index):
      return analysis.table.make(
        .element(translate(base, &analysis), translate(index, &analysis)))
    case .part(let whole, let name):
      return analysis.table.make(.part(translate(whole, &analysis), name))
    case .record(let parts):
      let translated = parts.map {
        RecordPart(field: $0.field, value: translate($0.value, &analysis))
      }
      return analysis.table.make(.record(translated))
    case .unary(let op, let inner):
      return analysis.table.make(.unary(op, translate(inner, &analysis)))
    case .binary(let op, let a, let b):
      return analysis.table.make(
        .binary(op, translate(a, &analysis), translate(b, &analysis)))
    case .pure(let name, let values):
      let translated = values.map { translate($0, &analysis) }
      return analysis.table.make(.pure(name, translated))
    }
  }
}

/// One way that a call may go.
private struct Way {
  let row: Summary.Row
  var state: PathState
  let site: Substitution
}

/// What keeps the ways of a summary apart, besides the locks: from the most to the least.
private enum RowDetail: CaseIterable {
  /// Both of the following.
  case all
  /// The conditions that the function tests more than once.
  case conditions
  /// What the caller can see of the way that was gone.
  case outcome
}

/// What the ways of one row have in common.
private struct RowKey: Hashable {
  let locks: [LockEntry.Key]
  let truths: [Int8]
  let outcome: [Value: Int64]
}
