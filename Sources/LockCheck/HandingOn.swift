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
    for index in state.locks.indices where state.locks[index].isHeld {
      let lock = state.locks[index].lock
      let isShared = rules.families[state.locks[index].family].isHandedOver
      let isGiven = arguments.contains { argument in
        (argument == lock && (isShared || !isOwn)) || (isShared && table.isInside(lock, argument))
          || (unlocks && table.isMadeOf(lock, argument))
      }
      guard isGiven else { continue }
      state.locks[index].isHandedOn = true
      noteLetGo(state.locks[index])
    }
  }

  /// Marks the locks that lie in objects which a function is given.
  mutating func handOnObjects(_ arguments: [Value], _ state: inout PathState) {
    for index in state.locks.indices where state.locks[index].status == .held {
      let lock = state.locks[index].lock
      guard arguments.contains(where: { table.isMadeOf(lock, $0) }) else { continue }
      state.locks[index].isHandedOn = true
      noteLetGo(state.locks[index])
    }
  }

  /// Marks the locks of objects that were stored in one which a function is given: it finds them
  /// there.
  ///
  /// - Parameter callee: The function where it is at hand: one that lets go of no such lock finds none.
  mutating func handOnContained(
    _ arguments: [Value], to callee: Int?, _ state: inout PathState
  ) {
    for index in state.locks.indices where state.locks[index].status == .held {
      let entry = state.locks[index]
      if let callee, !calls.released[callee].has(entry.family) { continue }
      guard let object = table.unseenObject(of: entry.lock) else { continue }
      let isInside = state.memory.contains { address, value in
        table.isMadeOf(value, object)
          && arguments.contains { $0 != address && $0 != value && table.isMadeOf(address, $0) }
      }
      guard isInside else { continue }
      state.locks[index].isHandedOn = true
      noteLetGo(entry)
    }
  }

  func show(_ arguments: [Value], _ result: Value, _ state: inout PathState) {
    for index in state.locks.indices where state.locks[index].isHeld {
      if arguments.contains(where: { table.isMadeOf(state.locks[index].lock, $0) }) {
        state.locks[index].shown = result
      }
    }
  }
}
