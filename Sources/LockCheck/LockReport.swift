import CSyntax
import Findings

/// Something wrong on a path, before it is put into words.
struct LockReport {
  var type: FindingType
  var confidence: Confidence
  var place: Place
  var lock: Value
  /// The step at which the lock was taken or released before.
  var earlier: Int
  /// The last step of the path.
  var witness: Int
  /// The call that goes wrong; nil at exits.
  var call: StringID?
  /// The mode or variant in which the lock is held and in which it is released.
  var held: LockEntry?
  var action: LockAction?
  /// A line on which another way out does it right.
  var rightExit: Place?
  /// No way out does it right.
  var isOnEachWayOut = false
  /// What is known of memory there, to name the lock by the function's own variables.
  var memory: FlatMap<Value, Value>
  /// What finally sleeps, where a helper leads to it.
  var sleeper: StringID?
  /// The condition that chose the mode, and what it looks at.
  var chosenBy: (condition: ExpressionID, state: Value)?
}

extension LockAnalysis {
  /// Notes a wrong operation, in the last pass only.
  mutating func note(
    _ type: FindingType, _ action: LockAction, _ entry: LockEntry, _ state: PathState,
    _ run: inout FunctionRun
  ) {
    guard run.isReporting, !state.isVague, !entry.isReported else { return }
    if type == .lockNotHeld, state.blurred.has(action.family) { return }
    if case .stale = table[action.lock] { return }
    if type == .lockNotHeld, mayHaveBeenTaken(action, entry, state) { return }
    if type == .lockDoubleAcquire, mayHaveBeenReleased(entry) { return }
    var type = type
    if type == .lockDoubleAcquire, let carried = entry.carriedOver,
      let first = takenAt(entry), first == action.call.place
    {
      // The same statement takes it again: the round before did not let go.
      type = .lockLoopImbalance
      _ = carried
    }
    run.reports.append(
      LockReport(
        type: type, confidence: confidence(of: action.lock, entry), place: action.call.place,
        lock: action.lock, earlier: entry.event, witness: state.witness,
        call: action.call.spokenName, held: entry, action: action, rightExit: nil,
        memory: state.memory))
  }

  /// What a callee lets go of, a callee that is not known may have taken, where locks nest; and two
  /// callees may mean two objects.
  private func mayHaveBeenTaken(
    _ action: LockAction, _ entry: LockEntry, _ state: PathState
  ) -> Bool {
    let isByCallee = [action.call.name, releaser(entry)].map { $0.map(isFollowed) ?? false }
    // Which object a callee means by what it found itself, or the next one, nobody here can say.
    if isByCallee == [true, true], table.contains(action.lock, where: \.isStored) { return true }
    return state.hasCalledUnknown && rules.families[entry.family].nesting == .counted
      && isByCallee.contains(true)
  }

  /// What a callee took, others may have let go of since, where they commonly do.
  private func mayHaveBeenReleased(_ entry: LockEntry) -> Bool {
    rules.families[entry.family].isHandedOver && entry.takenBy != nil && isByCallee(entry)
  }

  /// A function that the rules say nothing of, so that its effect was found in its body.
  func isFollowed(_ name: StringID) -> Bool { rules.operations[unit.strings[name]] == nil }

  /// The function whose call released an entry's lock; nil where it was not released last.
  func releaser(_ entry: LockEntry) -> StringID? {
    guard entry.event >= 0, case .released(_, let name) = witness.nodes[entry.event].kind else {
      return nil
    }
    return name
  }

  /// Where an entry's lock was taken.
  func takenAt(_ entry: LockEntry) -> Place? {
    entry.event >= 0 ? witness.nodes[entry.event].place : nil
  }

  /// Sure where the two names of the lock are one value; less so where they only look alike.
  private func confidence(of lock: Value, _ entry: LockEntry) -> Confidence {
    entry.lock == lock ? .high : .low
  }
}
