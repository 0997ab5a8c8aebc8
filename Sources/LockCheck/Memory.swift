import CSyntax

// Reading and writing memory along a path. Addresses are access paths; two paths of different
// spelling are taken to be different objects.
extension LockAnalysis {
  /// What lies at `address`.
  mutating func read(_ address: Value, _ state: PathState) -> Value {
    if let value = state.memory[address] { return value }
    if case .field(let base, let name) = table[address], let whole = state.memory[base] {
      if case .record(let parts) = table[whole] {
        if let part = parts.first(where: { $0.field == name }) { return part.value }
        return table.constant(0)
      }
      if case .content(let origin) = table[whole] {
        // A content is of the time of entry, and so are its members: nothing stored since counts.
        return table.make(.content(table.make(.field(origin, name))))
      }
      return table.make(.part(whole, name))
    }
    return table.make(.content(address))
  }

  /// Stores `value` at `address`; what was known of the members there is forgotten.
  mutating func write(_ value: Value, to address: Value, _ state: inout PathState) {
    forgetMembers(of: address, &state)
    state.memory[address] = value
    if case .record(let parts) = table[value] {
      for part in parts {
        state.memory[table.make(.field(address, part.field))] = part.value
      }
    }
  }

  /// What lies at `address` is again what lay there at first: nothing that is known.
  func forget(_ address: Value, _ state: inout PathState) {
    forgetMembers(of: address, &state)
    state.memory[address] = nil
  }

  private func forgetMembers(of address: Value, _ state: inout PathState) {
    state.memory.removeAll { $0.key != address && table.isInside($0.key, address) }
  }

  /// A structure read by value, with the members that were stored in it.
  mutating func snapshot(_ value: Value, _ state: PathState) -> Value {
    guard case .content(let origin) = table[value], case .local = table[origin] else {
      return value
    }
    let parts = state.memory.keys.compactMap { address -> RecordPart? in
      guard case .field(let base, let name) = table[address], base == origin,
        let stored = state.memory[address]
      else { return nil }
      return RecordPart(field: name, value: stored)
    }
    return parts.isEmpty ? value : table.make(.record(parts))
  }

  /// After a call that is not understood, locals whose address it was given hold anything.
  ///
  /// - Parameter isAtHand: the function is known and stays within the members that it is given; one
  ///   that is not may find its way to the whole object.
  mutating func invalidate(
    _ arguments: [Value], by site: ExpressionID, isAtHand: Bool, _ state: inout PathState
  ) {
    var waiting = arguments
    var seen: Set<Value> = []
    while let argument = waiting.popLast() {
      let root = table.root(of: argument)
      let reach = isAtHand ? argument : root
      guard seen.insert(reach).inserted else { continue }
      if case .parameter = table[root] { state.clobbered.insert(root) }
      guard case .local = table[root] else { continue }
      let touched = state.memory.keys.filter { $0 == reach || table.isInside($0, reach) }
      for address in touched {
        // What it points to can be reached as well.
        if let value = state.memory[address] { waiting.append(value) }
        state.memory[address] = table.make(.stored(site, address))
      }
      state.memory[argument] = table.make(.stored(site, argument))
    }
  }
}

extension ValueTable {
  /// True when `address` is a member or element of the object at `outer`.
  func isInside(_ address: Value, _ outer: Value) -> Bool {
    var next = address
    while true {
      switch self[next] {
      case .field(let base, _), .element(let base, _):
        if base == outer { return true }
        next = base
      default: return false
      }
    }
  }

  /// True for values that identify something: no numbers, no fixed addresses, nothing of the past.
  func canBeNamed(_ value: Value) -> Bool {
    switch self[value] {
    case .constant, .global, .function, .string, .local, .parameter, .stale, .record: false
    default: true
    }
  }

  /// The pointer that the path of a lock begins with, where the caller cannot know it.
  func unseenObject(of lock: Value) -> Value? {
    var next = lock
    while true {
      switch self[next] {
      case .field(let base, _), .element(let base, _): next = base
      case .content(let base):
        guard !isVisible(next) else { return nil }
        if case .local = self[base] { return next }
        next = base
      case .result, .stored, .join: return next
      default: return nil
      }
    }
  }

  /// True when the path of `address` leads through the pointer `origin`, which is no constant.
  func isMadeOf(_ address: Value, _ origin: Value) -> Bool {
    if number(origin) != nil { return false }
    var next = address
    while true {
      if next == origin { return true }
      switch self[next] {
      case .field(let base, _), .element(let base, _), .content(let base): next = base
      default: return false
      }
    }
  }

  /// The object that an address lies in: a local, a global, or what a pointer points to.
  func root(of address: Value) -> Value {
    var next = address
    while true {
      switch self[next] {
      case .field(let base, _), .element(let base, _): next = base
      default: return next
      }
    }
  }

  /// True for values that the caller of the function can see, through parameters or globals.
  func isVisible(_ value: Value) -> Bool {
    !contains(value) { node in
      switch node {
      case .local, .result, .stored, .join, .stale: true
      default: false
      }
    }
  }
}
