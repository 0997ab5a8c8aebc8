import CSyntax
import Findings

// What a task notes of itself, as the transaction that it is in: functions of other files set and
// clear it, and whoever asks for it more than once lets it decide which locks are held.
extension LockAnalysis {
  /// Says nothing of the locks that a function holds or lets go of where it asks more than once for a
  /// pointer that the task notes: what is noted goes with the locks, and nobody here sees how.
  mutating func leaveToTask(_ run: inout FunctionRun) {
    var branches: [StringID: Set<ExpressionID>] = [:]
    for condition in Set(run.tests.values.joined()) {
      if let note = taskNote(askedBy: condition) { branches[note, default: []].insert(condition) }
    }
    guard branches.values.contains(where: { $0.count > 1 }) else { return }
    let told: [FindingType] = [.lockHeldAtReturn, .lockNotHeld, .lockLoopImbalance]
    run.reports.removeAll { told.contains($0.type) }
    suspects.removeAll { $0.function == run.index && told.contains($0.report.type) }
  }

  /// The member of the current task of which a condition asks whether it is NULL.
  private func taskNote(askedBy condition: ExpressionID) -> StringID? {
    switch unit.form(of: condition) {
    case .unary(.not, let inner), .cast(let inner): return taskNote(askedBy: inner)
    case .binary(.equal, let inner, let number), .binary(.notEqual, let inner, let number):
      return isNull(number) ? taskNote(askedBy: inner) : nil
    case .arrow(let task, let name):
      guard unit.expressions[condition.index].type == .pointer,
        case .call(let callee, _) = unit.form(of: task),
        case .function(vocabulary.current) = unit.form(of: callee)
      else { return nil }
      return name
    default: return nil
    }
  }

  private func isNull(_ expression: ExpressionID) -> Bool {
    switch unit.form(of: expression) {
    case .integer(0): true
    case .cast(let inner): isNull(inner)
    default: false
    }
  }
}
