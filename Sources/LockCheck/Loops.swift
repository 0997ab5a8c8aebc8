import CSyntax

// What an earlier round of a loop knew is no knowledge of the next one.
extension LockAnalysis {
  /// Marks everything made of values that `isOld` names as belonging to the past.
  ///
  /// Locks so named stay held but can't be named again; facts are dropped.
  mutating func outdate(_ state: inout PathState, _ isOld: (ValueNode) -> Bool) {
    let before = state.facts
    state.facts = state.facts.filter { !table.contains($0.key, where: isOld) }
    for (address, value) in state.memory {
      if table.contains(address, where: isOld) {
        state.memory[address] = nil
      } else if table.contains(value, where: isOld) {
        let old = table.make(.stale(value))
        state.memory[address] = old
        state.facts[old] = before[value]
      }
    }
    let touched = state.locks.filter { table.contains($0.lock, where: isOld) }
    guard !touched.isEmpty else { return }
    state.locks.removeAll { table.contains($0.lock, where: isOld) }
    for var entry in touched where entry.isHeld {
      entry.lock = table.make(.stale(entry.lock))
      state.set(entry)
    }
  }

  /// Prepares a state for another round of the loop that begins at `block`.
  mutating func carryOver(_ state: inout PathState, into block: Int, _ run: FunctionRun) {
    state.bound = [:]
    outdate(&state) { node in
      if case .join(let at, _, let function) = node { return at == block && function == run.index }
      return false
    }
    let place = lastPlace(of: state, or: run.graph.blocks[block].place)
    for index in state.locks.indices where state.locks[index].status == .held {
      if state.locks[index].carriedOver == nil { state.locks[index].carriedOver = place }
    }
  }

  private func lastPlace(of state: PathState, or place: Place) -> Place {
    state.witness >= 0 ? witness.nodes[state.witness].place : place
  }
}
