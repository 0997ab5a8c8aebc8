import CSyntax
import Findings

// Two pointers that may lead to one object: whether they do decides how many locks there are.
extension LockAnalysis {
  /// Says nothing of a lock that a path leaves held, or releases untaken, once the path has compared
  /// the lock's object with another one: `if (a != b) unlock(&b->lock)` reckons with both being the
  /// same, and after an exchange of the two nobody here sees which of them is held.
  mutating func leaveCompared(_ run: inout FunctionRun) {
    run.unsure.formUnion(orderedLocks(run))
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
    run.unsure.formUnion(unsure)
  }

  /// Locks that a function takes or lets go of for its callers after it has put their objects in order:
  /// which of the two is meant, they cannot say.
  private func orderedLocks(_ run: FunctionRun) -> Set<Value> {
    let ordered = Set(run.tests.keys.flatMap { orderedObjects($0, run.function) })
    guard !ordered.isEmpty else { return [] }
    var found: Set<Value> = []
    for (state, _) in run.exits {
      for entry in state.locks where entry.net != 0 {
        let root = table.root(of: entry.lock)
        if case .join = table[root] { found.insert(entry.lock) }
        if ordered.contains(where: { table.isMadeOf(entry.lock, $0) }) { found.insert(entry.lock) }
      }
    }
    return found
  }

  /// The pointers of which a condition asks which one is first.
  private func orderedObjects(_ value: Value, _ function: Function) -> [Value] {
    switch table[value] {
    case .unary(.not, let inner): orderedObjects(inner, function)
    case .binary(.less, let a, let b), .binary(.greater, let a, let b):
      [a, b].allSatisfy { isPointerParameter($0, function) } ? [a, b] : []
    default: []
    }
  }

  private func isPointerParameter(_ value: Value, _ function: Function) -> Bool {
    guard case .parameter(let number) = table[value], number < function.parameters.count else {
      return false
    }
    return unit.variables[function.parameters[number].index].type == .pointer
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
