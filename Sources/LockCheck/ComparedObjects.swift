import CSyntax
import Findings

// Two pointers that may lead to one object: whether they do decides how many locks there are.
extension LockAnalysis {
  /// Says nothing of a lock that a path leaves held, or releases untaken, once the path has compared
  /// the lock's object with another one: `if (a != b) unlock(&b->lock)` reckons with both being the
  /// same, and after an exchange of the two nobody here sees which of them is held.
  mutating func leaveCompared(_ run: inout FunctionRun) {
    var comparisons: [ExpressionID: [Value]] = [:]
    for (value, conditions) in run.tests {
      let objects = comparedObjects(value)
      guard !objects.isEmpty else { continue }
      for condition in conditions { comparisons[condition, default: []] += objects }
    }
    guard !comparisons.isEmpty else { return }
    // What is not said here must not be said of the callers instead.
    var unsure: Set<Value> = []
    func isLeft(_ report: LockReport) -> Bool {
      guard isCompared(report, comparisons) else { return false }
      unsure.insert(report.lock)
      return true
    }
    run.reports = run.reports.filter { !isLeft($0) }
    suspects = suspects.filter { $0.function != run.index || !isLeft($0.report) }
    run.unsure = unsure
  }

  /// The path of a report compares the lock's object after the lock was taken, or let go of, and not
  /// only to decide whether to take another one.
  private func isCompared(_ report: LockReport, _ comparisons: [ExpressionID: [Value]]) -> Bool {
    guard report.type == .lockHeldAtReturn || report.type == .lockNotHeld else { return false }
    let path = witness.path(to: report.witness)
    let earlier = path.firstIndex { $0.index == report.earlier } ?? 0
    let start = report.type == .lockHeldAtReturn ? lastAcquisition(path) ?? earlier : earlier
    return path[start...].contains { _, node in
      guard case .branch(let condition, _) = node.kind else { return false }
      return comparisons[condition, default: []].contains { table.isMadeOf(report.lock, $0) }
    }
  }

  private func lastAcquisition(_ path: [(index: Int, node: Witness.Node)]) -> Int? {
    path.lastIndex { if case .acquired = $0.node.kind { true } else { false } }
  }

  /// The pointers that a condition compares with each other; none where one is fixed.
  private func comparedObjects(_ value: Value) -> [Value] {
    switch table[value] {
    case .unary(.not, let inner): comparedObjects(inner)
    case .binary(.equal, let a, let b), .binary(.notEqual, let a, let b):
      isFixed(a) || isFixed(b) ? [] : [a, b]
    default: []
    }
  }

  /// A number, a global or the current task: these are no second object.
  private func isFixed(_ value: Value) -> Bool {
    switch table[value] {
    case .constant, .global, .function, .string: true
    case .pure(vocabulary.current, _): true
    default: false
    }
  }
}
