import CSyntax

// Merging two states that hold the same locks.
extension PathState {
  /// Takes `other` in: keeps what both agree on; true when that changed this state.
  ///
  /// Memory that differs becomes a joined value of `block`, with the facts of either side around
  /// it. A state changes only towards knowing less, so that loops come to rest.
  mutating func merge(
    _ other: PathState, at block: Int, function: Int, widen: Bool, table: inout ValueTable
  ) -> Bool {
    var changed = false
    var joined: FlatMap<Value, Interval> = [:]
    for address in memory.keys(with: other.memory) {
      let mine = memory[address] ?? table.make(.content(address))
      let its = other.memory[address] ?? table.make(.content(address))
      guard mine != its else { continue }
      let join = table.make(.join(block: block, address: address, function: function))
      let around = interval(of: mine, in: table).join(other.interval(of: its, in: table))
      if mine != join {
        memory[address] = join
        changed = true
      }
      joined[join] = around
    }
    changed = joinBindings(other, block, function, &joined, &table) || changed
    changed = joinResult(other, block, function, &joined, &table) || changed
    changed = mergeFacts(other, joined: joined, widen: widen, table: table) || changed
    called.formUnion(other.called)
    changed = forgotten.formUnion(other.forgotten) || changed
    changed = clobbered.formUnion(other.clobbered) || changed
    if !other.blurred.isSubset(of: blurred) {
      blurred.formUnion(other.blurred)
      changed = true
    }
    changed = loosened.formUnion(other.loosened) || changed
    if !other.isWarned { isWarned = false }
    changed = spared.formUnion(other.spared) || changed
    changed = declined.formUnion(other.declined) || changed
    if other.hasCalledUnknown, !hasCalledUnknown {
      hasCalledUnknown = true
      changed = true
    }
    if other.isVague, !isVague {
      isVague = true
      changed = true
    }
    changed = mergeLockDetails(other) || changed
    return changed
  }

  private mutating func mergeFacts(
    _ other: PathState, joined: FlatMap<Value, Interval>, widen: Bool, table: ValueTable
  ) -> Bool {
    var changed = false
    for (value, mine) in facts where joined[value] == nil {
      let around = mine.join(other.interval(of: value, in: table))
      guard around != mine else { continue }
      facts[value] = kept(around, widen)
      changed = true
    }
    for (value, around) in joined {
      let mine = facts[value]
      // The join's own facts may only weaken, or be new with the join itself.
      let next = mine.map { $0.join(around) } ?? around
      guard next != mine else { continue }
      let kept = kept(next, widen && mine != nil)
      if kept != mine {
        facts[value] = kept
        changed = true
      }
    }
    return changed
  }

  /// What is left of a fact that weakens: of one that does so again and again only the signs, nil
  /// where nothing is left.
  private func kept(_ interval: Interval, _ widen: Bool) -> Interval? {
    let kept = widen ? interval.signs : interval
    return kept == .any ? nil : kept
  }

  private mutating func joinBindings(
    _ other: PathState, _ block: Int, _ function: Int, _ joined: inout FlatMap<Value, Interval>,
    _ table: inout ValueTable
  ) -> Bool {
    var changed = false
    for (expression, mine) in bound {
      guard let its = other.bound[expression], mine != its else { continue }
      // The expression itself names the joined value.
      let address = table.make(.result(expression, function: -2))
      let join = table.make(.join(block: block, address: address, function: function))
      joined[join] = interval(of: mine, in: table).join(other.interval(of: its, in: table))
      if mine != join {
        bound[expression] = join
        changed = true
      }
    }
    for (expression, its) in other.bound where bound[expression] == nil {
      bound[expression] = its
    }
    return changed
  }

  private mutating func joinResult(
    _ other: PathState, _ block: Int, _ function: Int, _ joined: inout FlatMap<Value, Interval>,
    _ table: inout ValueTable
  ) -> Bool {
    guard let mine = result, let its = other.result, mine != its else { return false }
    let address = table.make(.result(ExpressionID(-1), function: -2))
    let join = table.make(.join(block: block, address: address, function: function))
    joined[join] = interval(of: mine, in: table).join(other.interval(of: its, in: table))
    result = join
    return mine != join
  }

  /// Keeps the flags of a lock only where both sides saved them in the same value, and of a lock
  /// that one side released that it may be so.
  private mutating func mergeLockDetails(_ other: PathState) -> Bool {
    var changed = false
    for index in locks.indices {
      guard let its = other.entry(of: locks[index].lock) else {
        if locks[index].isSettled, locks[index].isCertain, !locks[index].isOutOfSight {
          locks[index].isCertain = false
          changed = true
        }
        continue
      }
      if locks[index].flags != its.flags { locks[index].flags = nil }
      if !its.isReported { locks[index].isReported = false }
      if !its.isForWriter { locks[index].isForWriter = false }
      locks[index].addTakers(of: its)
      if its.isHandedOn, !locks[index].isHandedOn {
        locks[index].isHandedOn = true
        changed = true
      }
      if its.wasLetGo, !locks[index].wasLetGo {
        (locks[index].wasLetGo, locks[index].event) = (true, its.event)
        changed = true
      }
      if locks[index].carriedOver == nil { locks[index].carriedOver = its.carriedOver }
      if locks[index].isCertain, !its.isCertain {
        locks[index].isCertain = false
        changed = true
      }
    }
    for var entry in other.locks where entry.isSettled && self.entry(of: entry.lock) == nil {
      // What may have been let go of out of sight concerns a caller, who may have a name for it.
      entry.isCertain = entry.isCertain && entry.isOutOfSight
      set(entry)
      changed = true
    }
    return changed
  }
}

extension LockAnalysis {
  /// States of which those with the same key are merged at `point`, in the order of their keys'
  /// first.
  mutating func merged<Key: Hashable>(
    _ states: [PathState], keyed keys: [Key], at point: Int, _ run: FunctionRun
  ) -> [PathState] {
    var merged: [PathState] = []
    var places: [Key: Int] = [:]
    for (state, key) in zip(states, keys) {
      if let place = places[key] {
        _ = merged[place].merge(
          state, at: point, function: run.index, widen: false, table: &table)
      } else {
        places[key] = merged.count
        merged.append(state)
      }
    }
    return merged
  }
}
