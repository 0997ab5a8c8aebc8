import BuiltinRules
import CSyntax

// What the result of a function, and what it stores for its caller, tell of a lock that it leaves held.
extension LockAnalysis {
  /// The result, or what the function stores for its caller, tells that the lock is held: success
  /// with the lock, failure without.
  func isTakenOver(
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
  func isGiven(_ entry: LockEntry, _ state: PathState, _ others: [PathState]) -> Bool {
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
  func isFailure(_ state: PathState, _ function: Function) -> Bool {
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
  func isNotedInMemory(_ state: PathState, _ others: [PathState]) -> Bool {
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
  func isConditional(_ held: [PathState], _ others: [PathState]) -> Bool {
    let values = Set(held.flatMap(\.facts.keys)).filter { table.isVisible($0) }
    return values.contains { value in
      held.allSatisfy { one in
        others.allSatisfy { other in
          one.interval(of: value, in: table).isDisjoint(from: other.interval(of: value, in: table))
        }
      }
    }
  }

  /// One number with the lock and others without, to callers of this file: they show what is meant,
  /// but for a failure, which nobody reports with a lock held.
  func isToldToKnownCallers(
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
        let known = state.interval(of: $0, in: table)
        return known.isDisjoint(from: .exactly(number)) || (number > 0 && isErrorCode($0, known))
      } ?? false
    }
  }

  /// A callee's result that was compared with one number, and is that number on no other way out: the
  /// caller is to do the same.
  func isOnePickedOut(_ state: PathState, _ others: [PathState]) -> Bool {
    guard let result = state.result, table.number(result) == nil, let mine = number(of: state),
      mine != 0
    else { return false }
    return isResult(mine, inNoneOf: others)
  }

  /// The result is a positive number that the function gives on no other way out, as far as is known.
  func isOfItsOwn(_ state: PathState, _ others: [PathState]) -> Bool {
    guard let mine = number(of: state), mine > 0 else { return false }
    return others.allSatisfy { number(of: $0) != mine }
  }

  func number(of state: PathState) -> Int64? {
    state.result.flatMap { state.interval(of: $0, in: table).number }
  }

  /// A flag that the caller can see is set with the lock held, and only then.
  func isFlagged(_ state: PathState, _ others: [PathState]) -> Bool {
    state.memory.contains { address, value in
      guard table.isVisible(address), let number = table.number(value), number != 0 else {
        return false
      }
      return others.allSatisfy { $0.memory[address] == nil || $0.memory[address] != value }
    }
  }

  /// What is known of what some states have stored at an address; nil of those that have not.
  func intervals(at address: Value, _ states: [PathState]) -> [Interval?] {
    states.map { state in state.memory[address].map { state.interval(of: $0, in: table) } }
  }
}
