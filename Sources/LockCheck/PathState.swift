import CSyntax

/// What is known on the paths into a point: locks, memory, and facts about values.
///
/// Property simulation (Das, Lerner, Seigle: ESP, PLDI 2002): states with the same locks are
/// merged, so that only the branches that matter to locks split the paths.
struct PathState {
  /// Locks that were touched, sorted by value.
  var locks: [LockEntry] = []
  /// What was stored at addresses; anything else is still as at entry.
  var memory: FlatMap<Value, Value> = [:]
  /// Facts about values.
  var facts: FlatMap<Value, Interval> = [:]
  /// Values of expressions that were evaluated as blocks of their own.
  var bound: FlatMap<ExpressionID, Value> = [:]
  /// The value that will be returned.
  var result: Value?
  /// The calls on the way here, to tell a second round of a loop.
  var called: FlatSet<ExpressionID> = []
  /// Locks of which nothing is known: they may be held or not.
  var forgotten: FlatSet<Value> = []
  /// The last node of the path that led here.
  var witness = -1
  /// Parameters whose objects were given to functions that are not known.
  var clobbered: FlatSet<Value> = []
  /// Families of which a callee that was not followed may have taken a lock.
  var blurred: FamilySet = []
  /// What of the caller's was given to such callees.
  var loosened: FlatSet<Loosened> = []
  /// A warning fired on the way, of something that is not expected to happen.
  var isWarned = false
  /// A function was called of which not even the name is known.
  var hasCalledUnknown = false
  /// Locks that a callee lets go of on ways that this path did not take.
  var spared: FlatSet<Value> = []
  /// Locks that a callee takes on ways that this path did not take, though nothing tells it so.
  var declined: FlatSet<Value> = []
  /// Something on the way could not be followed; findings are then unsure.
  var isVague = false

  /// What must be equal for two states to be merged.
  var lockKey: [LockEntry.Key] { locks.lazy.filter { !$0.isSettled }.map(\.key) }

  /// The entry of a lock.
  func entry(of lock: Value) -> LockEntry? { locks.first { $0.lock == lock } }

  /// Adds or replaces the entry of a lock.
  mutating func set(_ entry: LockEntry) {
    if let index = locks.firstIndex(where: { $0.lock >= entry.lock }) {
      if locks[index].lock == entry.lock {
        locks[index] = entry
      } else {
        locks.insert(entry, at: index)
      }
    } else {
      locks.append(entry)
    }
  }
}
