import BuiltinRules
import CSyntax

// What a call does, from the rows of its callee's summary: which ways it may go, and what each leaves.
extension LockAnalysis {
  /// The states after a call of a function with `summary`.
  mutating func apply(
    _ summary: Summary, _ call: Call, _ state: PathState, _ run: inout FunctionRun
  ) -> [Outcome] {
    var start = state
    let unknown = fresh(call.site, &start, run)
    var feasible: [Way] = []
    var all: [Way] = []
    for row in summary.rows {
      var state = start
      var site = Substitution(call: call, before: start)
      let isFeasible = restrict(row, &site, &state)
      all.append(Way(row: row, state: state, site: site))
      if isFeasible { feasible.append(all[all.count - 1]) }
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
    let ways = handingOn(declining(sparing(lettingGo(takingBack(likely)))))
    return ways.map {
      perform(
        $0, unknown, isOneOfSeveral: feasible.count > 1, optional: optional(in: all, $0),
        of: summary, &run)
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
    guard let entry = state.entry(of: site.translate(effect.lock, &self)), !entry.isOutOfSight
    else { return true }
    let family = rules.families[effect.family]
    switch effect.kind {
    case .acquire, .touch:
      return !entry.isHeld || family.nesting == .counted || family.isContext
        || (effect.mode == .shared && entry.mode == .shared && family.sharedNests)
    case .release:
      // An assertion that a lock is held leaves open in which mode.
      let isOpen = entry.status == .inherited && !entry.isForWriter
      return entry.isHeld && (entry.mode == effect.mode || isOpen)
    case .require: return entry.isHeld
    case .requireWriter: return entry.isHeld && entry.mode == .exclusive
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

  /// The locks that a way takes, lets go of or the like, as the caller knows them.
  private mutating func locks(
    _ kind: Summary.Effect.Kind, by way: Way
  ) -> [(lock: Value, family: Int)] {
    var site = way.site
    return way.row.effects.filter { $0.kind == kind }.map {
      (site.translate($0.lock, &self), $0.family)
    }
  }

  /// Notes what ways let go of that others leave to the caller who holds it.
  private mutating func sparing(_ ways: [Way]) -> [Way] {
    guard ways.count > 1 else { return ways }
    let released = ways.map { Set(locks(.release, by: $0).map(\.lock)) }
    let all = released.reduce(into: Set<Value>()) { $0.formUnion($1) }
    return zip(ways, released).map { way, mine in
      var way = way
      way.state.spared.formUnion(
        FlatSet(
          all.subtracting(mine).filter { way.state.entry(of: $0).map { !$0.isHeld } ?? true }))
      return way
    }
  }

  /// Notes what ways leave alone that others take for the caller, where nothing that can be seen here
  /// tells the two apart: a transaction that nests begins only once.
  private mutating func declining(_ ways: [Way]) -> [Way] {
    guard ways.count > 1 else { return ways }
    let taken = ways.map { Set(locks(.acquire, by: $0).map(\.lock)) }
    guard taken.contains(where: { !$0.isEmpty }) else { return ways }
    return ways.indices.map { number in
      var way = ways[number]
      for other in ways.indices {
        for lock in taken[other].subtracting(taken[number]).sorted()
        where !areToldApart(ways[number], ways[other], about: lock) {
          way.state.declined.insert(lock)
        }
      }
      return way
    }
  }

  /// Locks that one way lets go of and another leaves alone, where nothing that can be seen here tells
  /// the two apart: what the callee counts, or notes beside the lock, decides.
  private mutating func optional(in ways: [Way], _ way: Way) -> Set<Value> {
    guard ways.count > 1 else { return [] }
    var site = way.site
    var found: Set<Value> = []
    for effect in way.row.effects where effect.kind == .release {
      let lock = site.translate(effect.lock, &self)
      let isOptional = ways.contains { other in
        !other.row.effects.contains { $0.kind == .release && $0.lock == effect.lock }
          && !areToldApart(way, other, about: lock)
      }
      if isOptional { found.insert(lock) }
    }
    return found
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
    let released = ways.map { locks(.release, by: $0) }
    guard released.contains(where: { !$0.isEmpty }) else { return ways }
    return ways.indices.map { number in
      var way = ways[number]
      for index in way.state.locks.indices where way.state.locks[index].isHeld {
        let entry = way.state.locks[index]
        func isAmong(_ locks: [(lock: Value, family: Int)]) -> Bool {
          locks.contains { $0.family == entry.family && isPerhaps($0.lock, entry) }
        }
        guard !isAmong(released[number]) else { continue }
        // What an assertion says of a lock holds no longer than until a callee may let go of it.
        let isClaim = entry.status == .inherited
        let isUntold = ways.indices.contains {
          isAmong(released[$0])
            && !areToldApart(ways[number], ways[$0], about: entry.lock, byFacts: !isClaim)
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
  private mutating func areToldApart(
    _ one: Way, _ other: Way, about lock: Value, byFacts: Bool = true
  ) -> Bool {
    var site = one.site
    if one.row.resultInterval.isDisjoint(from: other.row.resultInterval) { return true }
    for mine in one.row.writes {
      for its in other.row.writes where its.address == mine.address {
        guard mine.interval.isDisjoint(from: its.interval) else { continue }
        // What it counts there tells nobody.
        let address = site.translate(mine.address, &self)
        if !isNote(address, of: lock) { return true }
      }
    }
    for mine in byFacts ? one.row.facts : [] {
      for its in other.row.facts where its.value == mine.value {
        guard mine.interval.isDisjoint(from: its.interval) else { continue }
        let value = site.translate(mine.value, &self)
        // What a task notes of itself, or of the lock beside it, is of the callees' own making.
        if table.isVisible(value), !isOfHolder(value, lock) { return true }
      }
    }
    return false
  }

  /// True when a callee's value comes of what the task notes of itself, or of what is noted beside the
  /// lock.
  func isOfHolder(_ value: Value, _ lock: Value) -> Bool {
    table.contains(value, where: isCurrent) || isBeside(lock, value)
  }

  /// True when `address` is that of a member beside the lock that says who holds it, or how often.
  private func isNote(_ address: Value, of lock: Value) -> Bool {
    guard case .field(let object, _) = table[lock], case .field(object, let name) = table[address]
    else { return false }
    return words.noteHolder(unit.strings[name])
  }

  /// True when `value` is made of a member beside the lock that says who holds it, or how often.
  private func isBeside(_ lock: Value, _ value: Value) -> Bool {
    table.contains(value) { node in
      if case .content(let address) = node { isNote(address, of: lock) } else { false }
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
    _ way: Way, _ unknown: Value, isOneOfSeveral: Bool, optional: Set<Value>,
    of summary: Summary, _ run: inout FunctionRun
  ) -> Outcome {
    let (row, before) = (way.row, way.state)
    var state = before
    var site = way.site
    for var loosened in row.loosened {
      loosened.object = site.translate(loosened.object, &self)
      loosen(loosened, &state)
    }
    for effect in row.effects {
      var action = LockAction(
        lock: site.translate(effect.lock, &self), family: effect.family, mode: effect.mode,
        variant: effect.variant, token: effect.flags.map { site.translate($0, &self) },
        call: site.call, isOneOfSeveral: isOneOfSeveral,
        isConditional: !summary.rows.allSatisfy { $0.effects.contains(effect) }, isByCallee: true)
      action.isOptional = optional.contains(action.lock)
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
      case .require, .requireWriter:
        if let entry = state.entry(of: action.lock), entry.isCertain, !isOneOfSeveral,
          isBroken(effect.kind == .requireWriter ? .exclusive : .held, by: entry)
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

/// One way that a call may go.
private struct Way {
  let row: Summary.Row
  var state: PathState
  let site: Substitution
}
