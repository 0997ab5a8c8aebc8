import BuiltinRules
import CSyntax

/// What a path has done to one lock so far.
struct LockEntry: Equatable {
  enum Status: Hashable {
    /// Taken by this function and held now.
    case held
    /// Held by the caller at entry, as this path's release shows, and released.
    case released
    /// Held by the caller at entry, as an assertion or annotation says, and still held.
    case inherited
    /// Taken and released again.
    case free
  }

  /// Which lock.
  var lock: Value
  /// Index of the rules' family.
  var family: Int
  var status: Status
  var mode: LockMode
  var variant: LockVariant
  /// How often it is held, for locks that nest.
  var count: Int
  /// The value that holds the saved interrupt flags.
  var flags: Value?
  /// The function had it when it was called, whatever happened since.
  var heldAtEntry: Bool
  /// The mode in which the caller held it, where this function let go of it in that mode.
  var modeAtEntry: LockMode?
  /// Where it was taken or released last: a node of the witness.
  var event: Int
  /// The function whose call took it.
  var takenBy: StringID?
  /// Those whose calls took it on other paths that were merged with this one.
  var otherTakers: [StringID] = []
  /// A callee let go of it, of an object that this function has no name for.
  var isOutOfSight = false
  /// A callee took it that might also have gone another way.
  var isByChoice = false
  /// An assertion says that it is held exclusively.
  var isForWriter = false
  /// What was done to it last, on some of the merged paths at least, is a release.
  var wasLetGo = false
  /// False when it was taken and released on some of the merged paths only.
  var isCertain = true
  /// Something about it was reported on this path; what follows from that is no news.
  var isReported = false
  /// A function that is not known was given the lock and may have let go of it.
  var isHandedOn = false
  /// What a function that is not known returned when it was given the lock's object last.
  var shown: Value?
  /// The place of the loop end over which it was carried, if any.
  var carriedOver: Place?

  /// Keeps in mind who took the lock on a path that is merged with this one.
  mutating func addTakers(of other: LockEntry) {
    if other.takenBy == takenBy, other.otherTakers.isEmpty { return }
    for taker in other.takers where !takers.contains(taker) { otherTakers.append(taker) }
  }

  /// All who took it.
  var takers: [StringID] { (takenBy.map { [$0] } ?? []) + otherTakers }

  /// What two states must share to be merged.
  var key: Key {
    Key(
      lock: lock, status: status, mode: mode, variant: variant, count: count,
      heldAtEntry: heldAtEntry, modeAtEntry: modeAtEntry)
  }

  struct Key: Hashable {
    let lock: Value
    let status: Status
    let mode: LockMode
    let variant: LockVariant
    let count: Int
    let heldAtEntry: Bool
    let modeAtEntry: LockMode?
  }

  /// Taken and released again, or of no concern here: such a lock keeps no paths apart.
  var isSettled: Bool {
    (status == .free && !heldAtEntry) || isOutOfSight
  }
  /// True when what was done to the lock is certain, for callers to build upon.
  var isKnown: Bool { isCertain && !isHandedOn }
  /// True while the lock is held, by whoever took it.
  var isHeld: Bool { status == .held || status == .inherited }
  /// What the function as a whole does to it: +1 takes, −1 releases, 0 leaves as it was.
  var net: Int {
    switch (heldAtEntry, isHeld) {
    case (false, true): 1
    case (true, false): -1
    default: 0
    }
  }
}
