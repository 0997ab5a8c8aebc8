import CSyntax

// What an earlier round of a loop knew is no knowledge of the next one.
extension LockAnalysis {
  /// Marks everything made of what the call or other expression at `site` gave or left as belonging
  /// to the past.
  ///
  /// Locks so named stay held but can't be named again; facts are dropped.
  mutating func outdate(_ state: inout PathState, by site: ExpressionID) {
    let before = state.facts
    state.facts.removeAll { table.contains($0.key, of: site) }
    for (address, value) in state.memory {
      if table.contains(address, of: site) {
        state.memory[address] = nil
      } else if table.contains(value, of: site) {
        let old = table.make(.stale(value))
        state.memory[address] = old
        state.facts[old] = before[value]
      }
    }
    let touched = state.locks.filter { table.contains($0.lock, of: site) }
    guard !touched.isEmpty else { return }
    state.locks.removeAll { table.contains($0.lock, of: site) }
    for var entry in touched where entry.isHeld {
      entry.lock = table.make(.stale(entry.lock))
      state.set(entry)
    }
  }

  /// Prepares a state for another round of the loop that begins at `block`.
  mutating func carryOver(_ state: inout PathState, into block: Int, _ run: FunctionRun) {
    state.bound = [:]
    renew(&state, LoopNames(of: state, at: block, run, &table))
    let place = lastPlace(of: state, or: run.graph.blocks[block].place)
    for index in state.locks.indices where state.locks[index].status == .held {
      if state.locks[index].carriedOver == nil { state.locks[index].carriedOver = place }
    }
  }

  /// Calls what the loop changes by the loop's own names, so that rounds do not pile up; what had
  /// these names in the round before belongs to the past.
  private mutating func renew(_ state: inout PathState, _ names: LoopNames) {
    let before = state
    state.facts = [:]
    for (value, known) in before.facts {
      let new = names.rename(value, &table)
      if case .stale = table[new] { continue }
      state.facts[new] = state.facts[new].map { $0.meet(known) } ?? known
    }
    state.memory = [:]
    for (address, value) in before.memory {
      let place = names.rename(address, &table)
      if case .stale = table[place] { continue }
      if let join = names.joins[address] {
        let known = before.interval(of: value, in: table)
        state.memory[place] = join
        state.facts[join] = known == .any ? nil : known
      } else {
        let new = names.rename(value, &table)
        state.memory[place] = new
        if case .stale = table[new] { state.facts[new] = before.facts[value] }
      }
    }
    state.forgotten = FlatSet(before.forgotten.sorted().map { names.rename($0, &table) })
    state.locks = []
    for var entry in before.locks {
      // Taken and released under a name of this round: no round and no caller can mean it again.
      if entry.isSettled, table.contains(entry.lock, where: \.isJoin) { continue }
      entry.lock = names.rename(entry.lock, &table)
      entry.flags = entry.flags.map { names.rename($0, &table) }
      if case .stale = table[entry.lock], !entry.isHeld { continue }
      state.set(entry)
    }
  }

  private func lastPlace(of state: PathState, or place: Place) -> Place {
    state.witness >= 0 ? witness.nodes[state.witness].place : place
  }
}

extension ValueNode {
  /// Whether paths gave it different values.
  fileprivate var isJoin: Bool {
    if case .join = self { true } else { false }
  }
}

/// What a loop calls the values that change from round to round.
private struct LoopNames {
  /// The loop's name of what lies at an address.
  private(set) var joins: FlatMap<Value, Value> = [:]
  private var renamed: FlatMap<Value, Value> = [:]
  private let isOld: (ValueNode) -> Bool

  init(of state: PathState, at block: Int, _ run: FunctionRun, _ table: inout ValueTable) {
    let function = run.index
    isOld = { node in
      if case .join(let at, _, let owner) = node { return at == block && owner == function }
      return false
    }
    guard let first = run.firsts[block] else { return }
    // Variables that live on before the loop give the better names.
    let order = state.memory.keys.sorted {
      (first.memory[$0] == nil ? 1 : 0, $0) < (first.memory[$1] == nil ? 1 : 0, $1)
    }
    for address in order where !table.contains(address, where: isOld) {
      let before = first.memory[address] ?? table.make(.content(address))
      guard let now = state.memory[address], now != before else { continue }
      let join = table.make(.join(block: block, address: address, function: function))
      joins[address] = join
      if table.canBeNamed(now), renamed[now] == nil { renamed[now] = join }
    }
  }

  /// A value under its new name, or as one of the past.
  func rename(_ value: Value, _ table: inout ValueTable) -> Value {
    guard table.isOpen(value) || !renamed.isEmpty else { return value }
    var isPast = false
    let new = table.rebuild(value) { [isOld] table, part in
      if let name = renamed[part] { return name }
      if isOld(table[part]) { isPast = true }
      return nil
    }
    return isPast ? table.make(.stale(value)) : new
  }
}
