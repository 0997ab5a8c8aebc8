import BuiltinRules
import CSyntax
import Findings

// A lock that is taken as one thing and released as another: both stand in one state at the end.
extension LockAnalysis {
  /// Notes releases by a function of another kind of lock than the one that was taken.
  mutating func judgePairs(_ run: inout FunctionRun) {
    var seen: Set<Int> = []
    let states =
      run.exits.map(\.state)
      + run.rounds.sorted { $0.key < $1.key }.flatMap {
        $0.value.map(\.state)
      }
    for state in states where !state.isVague {
      for released in state.locks where released.status == .released && released.isCertain {
        guard let taken = state.locks.first(where: { isMeant($0, by: released) }),
          !state.blurred.has(released.family), released.event >= 0,
          seen.insert(released.event).inserted,
          case .released(_, let name) = witness.nodes[released.event].kind
        else { continue }
        // That it is held at the end follows.
        run.reports.removeAll { $0.type == .lockHeldAtReturn && $0.lock == taken.lock }
        suspects.removeAll { $0.function == run.index && $0.report.lock == taken.lock }
        run.reports.append(
          LockReport(
            type: .lockWrongRelease, confidence: .high, place: witness.nodes[released.event].place,
            lock: taken.lock, earlier: taken.event, witness: released.event, call: name,
            held: taken, action: nil, rightExit: nil, memory: state.memory))
      }
    }
  }

  /// True when the release of one lock must have been meant for the other, which this function took
  /// and holds on: another kind of RCU reader, or the lock around or inside it.
  private func isMeant(_ taken: LockEntry, by released: LockEntry) -> Bool {
    guard taken.status == .held, !taken.heldAtEntry, taken.isCertain, !taken.isHandedOn,
      taken.family != released.family
    else { return false }
    let (mine, its) = (rules.families[taken.family], rules.families[released.family])
    if mine.isContext, its.isContext {
      return taken.mode == .shared && released.mode == .shared && !mine.isHandedOver
    }
    return taken.lock == released.lock || table.isInside(released.lock, taken.lock)
      || table.isInside(taken.lock, released.lock)
  }
}
