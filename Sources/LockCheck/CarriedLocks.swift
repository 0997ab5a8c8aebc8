import CSyntax
import Findings

// A flag of the file that says whether an earlier call has left a lock held for this one.
extension LockAnalysis {
  /// Says nothing of a lock that is carried from one call of the function to the next: a flag that
  /// the function itself sets is asked before the lock is taken, and a path on which the answer was
  /// another one lets go of the lock untaken.
  mutating func leaveCarried(_ run: inout FunctionRun) {
    guard run.reports.contains(where: { $0.type == .lockNotHeld }) else { return }
    let flags = flagsSet(by: run.function)
    guard !flags.isEmpty else { return }
    let carried = Set(run.reports.filter { isCarried($0, flags, run) }.map(\.lock))
    func isLeft(_ report: LockReport) -> Bool {
      (report.type == .lockNotHeld || report.type == .lockHeldAtReturn)
        && carried.contains(report.lock)
    }
    run.reports.removeAll(where: isLeft)
    suspects.removeAll { $0.function == run.index && isLeft($0.report) }
  }

  private func isCarried(
    _ report: LockReport, _ flags: Set<VariableID>, _ run: FunctionRun
  ) -> Bool {
    guard report.type == .lockNotHeld else { return false }
    let answers = self.answers(witness.path(to: report.witness)[...], of: flags)
    let states = run.exits.map(\.state) + run.rounds.values.joined().map(\.state)
    return !answers.isEmpty
      && states.contains { state in
        let path = witness.path(to: state.witness)
        guard let taken = path.firstIndex(where: { isAcquisition($0.node, of: report.lock) })
        else { return false }
        let others = self.answers(path[..<taken], of: flags)
        return answers.contains { condition, answer in others[condition] == !answer }
      }
  }

  /// The conditions on a path that ask for one of some flags, with the first answer.
  private func answers(
    _ path: ArraySlice<(index: Int, node: Witness.Node)>, of flags: Set<VariableID>
  ) -> [ExpressionID: Bool] {
    var answers: [ExpressionID: Bool] = [:]
    for (_, node) in path {
      guard case .branch(let condition, let answer) = node.kind, answers[condition] == nil,
        let flag = flag(askedBy: condition), flags.contains(flag)
      else { continue }
      answers[condition] = answer
    }
    return answers
  }

  private func isAcquisition(_ node: Witness.Node, of lock: Value) -> Bool {
    if case .acquired(lock, _) = node.kind { true } else { false }
  }

  /// The variable that a condition compares with a number, or with nothing.
  private func flag(askedBy condition: ExpressionID) -> VariableID? {
    switch unit.form(of: condition) {
    case .unary(.not, let inner), .cast(let inner): return flag(askedBy: inner)
    case .binary(.equal, let inner, let number), .binary(.notEqual, let inner, let number):
      guard case .integer = unit.form(of: number) else { return nil }
      return flag(askedBy: inner)
    case .variable(let variable): return variable
    default: return nil
    }
  }

  /// Variables outlasting the function that it stores in.
  private func flagsSet(by function: Function) -> Set<VariableID> {
    var found: Set<VariableID> = []
    for index in function.expressions {
      guard case .assign(_, let target, _) = unit.form(of: ExpressionID(Int32(index))),
        case .variable(let variable) = unit.form(of: target)
      else { continue }
      switch unit.variables[variable.index].storage {
      case .global, .staticLocal: found.insert(variable)
      case .local, .parameter: break
      }
    }
    return found
  }
}
