import ControlFlow
import CSyntax

// Runs one state through one block.
extension LockAnalysis {
  /// The states that leave `block`, each with the block it goes to.
  mutating func step(_ block: Int, _ state: PathState, _ run: inout FunctionRun) -> [(
    Int, PathState
  )] {
    var states = [state]
    for (number, instruction) in run.graph.blocks[block].instructions.enumerated() {
      var next: [PathState] = []
      for state in states { next += execute(instruction, state, &run) }
      run.count(next)
      states = next.count > FunctionRun.splitLimit ? condensed(next, block, number, run) : next
    }
    return states.flatMap { leave(run.graph.blocks[block].terminator, $0, &run) }
  }

  /// Merges states that hold the same locks, when callees have split them too often.
  private mutating func condensed(
    _ states: [PathState], _ block: Int, _ instruction: Int, _ run: FunctionRun
  ) -> [PathState] {
    // A name that no block has, and no other instruction.
    let point = run.graph.blocks.count * (instruction + 1) + block
    return merged(states, keyed: states.map { key(of: $0, run) }, at: point, run)
  }

  private mutating func execute(
    _ instruction: Graph.Instruction, _ state: PathState, _ run: inout FunctionRun
  ) -> [PathState] {
    switch instruction {
    case .evaluate(let expression, let target):
      var state = state
      // What a round before left under the same number is not the value now.
      if target == expression { state.bound[expression] = nil }
      return evaluate(expression, state, &run).map { outcome in
        var state = outcome.state
        if let target { state.bound[target] = outcome.value }
        return state
      }
    case .bind(let expression, let number):
      var state = state
      state.bound[expression] = table.constant(number)
      return [state]
    case .declare(let variable):
      return declare(variable, state, &run)
    case .cleanUp(let variable, let place):
      return cleanUp(variable, at: place, state, &run)
    case .result(let expression):
      return evaluate(expression, state, &run).map { outcome in
        var state = outcome.state
        state.result = outcome.value
        // A structure that is returned by value takes its members along.
        state.result = snapshot(outcome.value, state)
        return state
      }
    }
  }

  private mutating func declare(
    _ id: VariableID, _ state: PathState, _ run: inout FunctionRun
  ) -> [PathState] {
    let variable = unit.variables[id.index]
    let address = table.make(.local(id))
    guard variable.initializer >= 0 else {
      var state = state
      forget(address, &state)
      return [state]
    }
    return evaluate(ExpressionID(variable.initializer), state, &run).map { outcome in
      var state = outcome.state
      write(outcome.value, to: address, &state)
      return state
    }
  }

  private mutating func leave(
    _ terminator: Graph.Terminator, _ state: PathState, _ run: inout FunctionRun
  ) -> [(Int, PathState)] {
    switch terminator {
    case .jump(let next): return [(next, state)]
    case .any(let targets): return targets.map { ($0, state) }
    case .stop: return []
    case .leave(let place):
      run.exits.append((state, place))
      return []
    case .branch(let condition, let then, let otherwise):
      let outcomes = evaluate(condition, state, &run)
      for value in told(apart: outcomes, since: state) {
        run.tests[value, default: []].insert(condition)
      }
      return outcomes.flatMap { outcome in
        run.tests[outcome.value, default: []].insert(condition)
        return branch(
          on: outcome.value, condition, outcome.state, then: then, otherwise: otherwise)
      }
    case .switch(let value, let cases, let otherwise):
      return evaluate(value, state, &run).flatMap { outcome in
        select(outcome.value, value, outcome.state, cases, otherwise)
      }
    }
  }

  /// What a callee's ways ask, where they give a condition its outcomes: `is_read(it) == 0` asks for
  /// the member that `is_read()` looks at.
  private func told(apart outcomes: [Outcome], since before: PathState) -> [Value] {
    guard outcomes.count > 1 else { return [] }
    return outcomes[0].state.facts.filter { value, mine in
      before.facts[value] != mine
        && outcomes.dropFirst().contains {
          $0.state.interval(of: value, in: table).isDisjoint(from: mine)
        }
    }.map(\.key)
  }

  private mutating func branch(
    on value: Value, _ condition: ExpressionID, _ state: PathState, then: Int, otherwise: Int
  ) -> [(Int, PathState)] {
    var state = state
    forgetBindings(of: condition, &state)
    var yes = state
    var no = state
    let canBe = yes.assume(value, true, in: table)
    let canNotBe = no.assume(value, false, in: table)
    if isWarning(condition) { yes.isWarned = true }
    if canBe { unify(value, true, &yes) }
    if canNotBe { unify(value, false, &no) }
    if canBe, canNotBe {
      let place = unit.expressions[condition.index].place
      yes.witness = witness.add(.branch(condition, true), at: place, after: state.witness)
      no.witness = witness.add(.branch(condition, false), at: place, after: state.witness)
    }
    return (canBe ? [(then, yes)] : []) + (canNotBe ? [(otherwise, no)] : [])
  }

  /// A condition that is a warning as a whole, as `WARN_ON(x)`.
  private func isWarning(_ condition: ExpressionID) -> Bool {
    let macro = unit.expressions[condition.index].macro
    guard macro >= 0, case .statement = unit.form(of: condition) else { return false }
    return rules.warningMacros.contains(unit.strings[StringID(macro)])
  }

  /// Two pointers that a branch finds equal lead to the same locks: what a callee gave is known by
  /// the name that it has here.
  private mutating func unify(_ value: Value, _ truth: Bool, _ state: inout PathState) {
    guard !state.locks.isEmpty else { return }
    switch table[value] {
    case .unary(.not, let inner): unify(inner, !truth, &state)
    case .binary(.equal, let a, let b) where truth, .binary(.notEqual, let a, let b) where !truth:
      guard table.number(a) == nil, table.number(b) == nil,
        table.isUnsure(a) != table.isUnsure(b)
      else { return }
      let (unsure, sure) = table.isUnsure(a) ? (a, b) : (b, a)
      for entry in state.locks where table.isMadeOf(entry.lock, unsure) {
        var entry = entry
        state.locks.removeAll { $0.lock == entry.lock }
        entry.lock = table.rebuild(entry.lock) { _, part in part == unsure ? sure : nil }
        state.set(entry)
      }
    default: break
    }
  }

  /// What was bound for the sake of one expression is of no use after the branch on it.
  private func forgetBindings(of condition: ExpressionID, _ state: inout PathState) {
    if !state.bound.isEmpty { state.bound[condition] = nil }
  }

  private mutating func select(
    _ value: Value, _ expression: ExpressionID, _ state: PathState, _ cases: [Graph.Case],
    _ otherwise: Int
  ) -> [(Int, PathState)] {
    var leaving: [(Int, PathState)] = []
    var rest = state
    var restIsPossible = true
    let place = unit.expressions[expression.index].place
    for label in cases {
      var taken = state
      let range = Interval(low: label.values.lowerBound, high: label.values.upperBound)
      if taken.restrict(value, to: range, in: table) {
        taken.witness = witness.add(
          .selected(expression, label.values), at: place, after: state.witness)
        leaving.append((label.block, taken))
      }
      if label.values.count == 1, restIsPossible {
        let number = table.constant(label.values.lowerBound)
        let same = table.make(.binary(.equal, value, number))
        restIsPossible = rest.assume(same, false, in: table)
      }
    }
    if restIsPossible {
      rest.witness = witness.add(.selected(expression, nil), at: place, after: state.witness)
      leaving.append((otherwise, rest))
    }
    return leaving
  }
}
