import BuiltinRules
import CSyntax
import Findings

// What the ends of a loop's rounds say about each other.
extension LockAnalysis {
  /// Notes locks of a round's own object that some rounds leave held and others release.
  mutating func judgeRounds(_ run: inout FunctionRun) {
    if promises(run.function).contains(where: \.mayHold) { return }
    for (loop, ends) in run.rounds.sorted(by: { $0.key < $1.key }) {
      let before = run.states[loop].values.flatMap(\.locks).filter {
        $0.isHeld && $0.carriedOver == nil
      }.map(\.lock)
      for (state, place) in ends where !state.isVague {
        for entry in state.locks where isOfRound(entry) && !before.contains(entry.lock) {
          let isReleased = ends.contains { other in
            other.state.entry(of: entry.lock).map { !$0.isHeld && $0.wasLetGo } ?? false
          }
          let report = LockReport(
            type: .lockLoopImbalance, confidence: .high, place: place, lock: entry.lock,
            earlier: entry.event, witness: state.witness, call: nil, held: entry, action: nil,
            rightExit: nil, memory: state.memory)
          if isReleased {
            run.reports.append(report)
          } else if ends.allSatisfy({ $0.state.entry(of: entry.lock)?.isHeld ?? true }) {
            suspects.append(Suspect(function: run.index, report: report, reason: .open))
          }
        }
      }
    }
  }

  /// Taken in this round, of an object that the next round has no name for.
  private func isOfRound(_ entry: LockEntry) -> Bool {
    entry.status == .held && !entry.heldAtEntry && entry.carriedOver == nil && entry.isCertain
      && !entry.isReported && !entry.isHandedOn && !entry.isByChoice && table.isOpen(entry.lock)
      && !rules.families[entry.family].isHandedOver
      && !table.contains(entry.lock, where: \.isStored)
  }
}
