import BuiltinRules
import CSyntax

// Locks that a call may have let go of, though nobody sees it: those of what it is given.
extension LockAnalysis {
  /// Marks what a function that is not known may have released: a lock that it was handed; one of
  /// a family that others commonly release, with its object; all that lie in an object when the
  /// function's name says that it unlocks.
  ///
  /// - Parameter isOwn: the function is at hand and does nothing to locks itself, but may have others
  ///   do it.
  mutating func handOn(
    _ arguments: [Value], to name: String, isOwn: Bool, _ state: inout PathState
  ) {
    let unlocks = name.contains("unlock") || name.contains("release")
    let given = state.locks.filter { entry in
      let isShared = rules.families[entry.family].isHandedOver
      return entry.isHeld
        && arguments.contains { argument in
          (isPassed(entry.lock, as: argument) && (isShared || !isOwn))
            || (isShared && table.isInside(entry.lock, argument))
            || (unlocks && table.isMadeOf(entry.lock, argument))
        }
    }
    handOn(given, &state)
  }

  /// The argument is the lock, or what the call that found the lock has stored of it.
  private func isPassed(_ lock: Value, as argument: Value) -> Bool {
    if lock == argument { return true }
    guard case .stored(_, let address) = table[argument] else { return false }
    return table[lock] == .content(address)
  }

  /// Marks the locks that lie in objects which a function is given.
  mutating func handOnObjects(_ arguments: [Value], _ state: inout PathState) {
    let given = state.locks.filter { entry in
      entry.status == .held && arguments.contains { table.isMadeOf(entry.lock, $0) }
    }
    handOn(given, &state)
  }

  /// Marks the locks of objects that were stored in one which a function is given: it finds them
  /// there.
  ///
  /// - Parameter callee: The function where it is at hand: one that lets go of no such lock finds none.
  mutating func handOnContained(
    _ arguments: [Value], to callee: Int?, _ state: inout PathState
  ) {
    let found = state.locks.filter { entry in
      guard entry.status == .held,
        callee.map({ calls.released[$0].has(entry.family) }) ?? true,
        let object = table.unseenObject(of: entry.lock)
      else { return false }
      return state.memory.contains { address, value in
        table.isMadeOf(value, object)
          && arguments.contains { $0 != address && $0 != value && table.isMadeOf(address, $0) }
      }
    }
    handOn(found, &state)
  }

  /// Marks locks of a state that somebody may have let go of.
  mutating func handOn(_ entries: [LockEntry], _ state: inout PathState) {
    for var entry in entries {
      entry.isHandedOn = true
      state.set(entry)
      noteLetGo(entry)
    }
  }

  /// Notes what a function that is not known returned when it was given a lock's object.
  func show(_ arguments: [Value], _ result: Value, _ state: inout PathState) {
    for index in state.locks.indices where state.locks[index].isHeld {
      if arguments.contains(where: { table.isMadeOf(state.locks[index].lock, $0) }) {
        state.locks[index].shown = result
      }
    }
  }
}
