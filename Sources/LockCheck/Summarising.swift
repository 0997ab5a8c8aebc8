import BuiltinRules
import CSyntax

// From the ways out of a function to the rows of its summary.
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
      state.locks.removeAll { run.unsure.contains($0.lock) }
      for lock in run.unsure.sorted() { state.forgotten.insert(lock) }
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
        locks: state.locks.filter { $0.isKnown && !$0.isOutOfSight }.map(\.key),
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
    let facts = state.facts.filter { table.isVisible($0.key) }
    let writes = state.memory.filter { address, _ in
      // The caller can also see what the function stored in an object that it returns.
      isVisibleStore(address) || state.result.map { table.isMadeOf(address, $0) } ?? false
    }
    return Summary.Row(
      facts: facts.map { ($0.key, $0.value) },
      effects: releasesFirst(state.locks.filter(\.isCertain).flatMap { effects(of: $0) })
        + state.forgotten.sorted().map {
          Summary.Effect(
            kind: .forget, lock: $0, family: 0, mode: .exclusive, variant: .plain, flags: nil)
        },
      writes: writes.map { ($0.key, $0.value, state.interval(of: $0.value, in: table)) },
      clobbers: state.clobbered.sorted(), loosened: state.loosened.sorted(),
      result: state.result,
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
      // What was only compared with NULL fails by being NULL.
      if mayFail, function.returns == .pointer, row.resultInterval == .nonzero {
        row.resultInterval = .address
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
      // Where what the callee counts decides, ways that go well have the same result.
      guard failed || !others.contains(where: { isToldByHolder(row, $0) }) else { return row }
      let rest = row.resultInterval.meet(failed ? success : .nonzero)
      if !rest.isEmpty { row.resultInterval = rest }
      return row
    }
  }

  /// What the task notes of itself, or what is noted beside a lock, tells two ways apart.
  private func isToldByHolder(_ one: Summary.Row, _ other: Summary.Row) -> Bool {
    let locks = one.change.symmetricDifference(other.change).map(\.lock)
    return one.facts.contains { mine in
      other.facts.contains { its in
        its.value == mine.value && mine.interval.isDisjoint(from: its.interval)
          && locks.contains { isOfHolder(mine.value, $0) }
      }
    }
  }

  func isVisibleStore(_ address: Value) -> Bool {
    if case .local = table[table.root(of: address)] { return false }
    return table.isVisible(address)
  }

  /// What is let go of is the caller's, and never what the function itself took for it.
  private func releasesFirst(_ effects: [Summary.Effect]) -> [Summary.Effect] {
    effects.filter { $0.kind == .release } + effects.filter { $0.kind != .release }
  }

  private func effects(of entry: LockEntry) -> [Summary.Effect] {
    if isPending(entry.lock) { return [] }
    func effect(_ kind: Summary.Effect.Kind, _ mode: LockMode) -> Summary.Effect {
      Summary.Effect(
        kind: entry.isHandedOn ? .forget : kind, lock: entry.lock, family: entry.family,
        mode: mode, variant: entry.variant, flags: entry.flags, isOutOfSight: entry.isOutOfSight)
    }
    switch (entry.heldAtEntry, entry.isHeld) {
    case (false, true): return [effect(.acquire, entry.mode)]
    case (true, false): return [effect(.release, entry.modeAtEntry ?? entry.mode)]
    case (false, false): return [effect(.touch, entry.mode)]
    case (true, true):
      guard let before = entry.modeAtEntry, before != entry.mode else {
        return [effect(entry.isForWriter ? .requireWriter : .require, entry.mode)]
      }
      return [effect(.release, before), effect(.acquire, entry.mode)]
    }
  }
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
