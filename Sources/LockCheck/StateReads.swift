import ControlFlow
import CSyntax

/// Where a function or expression looks at members of objects, in the values of the function.
struct StateReads {
  /// Addresses that are read.
  var addresses: Set<Value> = []
  /// Those of them that are read as what others change: through `READ_ONCE()`, or by address.
  var shared: Set<Value> = []

  mutating func formUnion(_ other: StateReads) {
    addresses.formUnion(other.addresses)
    shared.formUnion(other.shared)
  }
}

/// What the locals of a function stand for wherever they are assigned only once.
struct FixedLocals {
  var state = PathState()
  /// Everything that is assigned to a local, or to what a pointer points to.
  var sources: [VariableID: [(source: ExpressionID, place: Place)]] = [:]
}

// Reads of members, found without following paths.
extension LockAnalysis {
  /// What the locals of a function hold, as far as one assignment tells.
  mutating func fixedLocals(of run: inout FunctionRun) -> FixedLocals {
    var locals = FixedLocals()
    var changed: Set<VariableID> = []
    for index in run.function.expressions {
      let expression = unit.expressions[index]
      switch expression.kind {
      case .assign:
        guard let variable = variable(under: ExpressionID(expression.a)) else { continue }
        if unit.expressions[Int(expression.a)].kind == .variable { changed.insert(variable) }
        locals.sources[variable, default: []].append(
          (ExpressionID(expression.b), expression.place))
      case .unary where expression.op.isStep || expression.op == .addressOf:
        if let variable = variable(under: ExpressionID(expression.a)) { changed.insert(variable) }
      default: break
      }
    }
    for (number, parameter) in run.function.parameters.enumerated()
    where !changed.contains(parameter) {
      locals.state.memory[table.make(.local(parameter))] = table.make(.parameter(number))
    }
    for block in run.graph.blocks {
      for case .declare(let variable) in block.instructions {
        let initializer = unit.variables[variable.index].initializer
        guard initializer >= 0 else { continue }
        let source = ExpressionID(initializer)
        locals.sources[variable, default: []].append((source, unit.variables[variable.index].place))
        guard !changed.contains(variable) else { continue }
        if let value = value(of: source, locals, &run) {
          locals.state.memory[table.make(.local(variable))] = value
        }
      }
    }
    return locals
  }

  /// The variable that an assignment changes, itself or what it points to.
  private func variable(under id: ExpressionID) -> VariableID? {
    switch unit.form(of: id) {
    case .variable(let variable): variable
    case .unary(.dereference, let inner): variable(under: inner)
    default: nil
    }
  }

  /// The one value that an expression has, if it has only one.
  mutating func value(
    of id: ExpressionID, _ locals: FixedLocals, _ run: inout FunctionRun
  ) -> Value? {
    let outcomes = evaluate(id, locals.state, &run)
    guard let first = outcomes.first, outcomes.allSatisfy({ $0.value == first.value }) else {
      return nil
    }
    return first.value
  }

  /// A call with its arguments where each has one value, and something unknown where not.
  mutating func call(
    at site: ExpressionID, _ name: StringID, _ arguments: [ExpressionID], _ locals: FixedLocals,
    _ run: inout FunctionRun
  ) -> Call {
    var values: [Value] = []
    for argument in arguments {
      values.append(
        value(of: argument, locals, &run) ?? table.make(.result(argument, function: -3)))
    }
    let expression = unit.expressions[site.index]
    return Call(
      site: site, name: name, arguments: values, place: expression.place, macro: expression.macro)
  }

  /// What an expression reads.
  ///
  /// - Parameter origins: Also what the locals that it mentions were made of.
  mutating func reads(
    _ id: ExpressionID, _ locals: FixedLocals, origins: Bool, _ run: inout FunctionRun
  ) -> StateReads {
    var reads = StateReads()
    var seen: Set<ExpressionID> = [id]
    var waiting: [(id: ExpressionID, isShared: Bool)] = [(id, false)]
    while let (next, isShared) = waiting.popLast() {
      var parts: [ExpressionID] = []
      switch unit.form(of: next) {
      case .arrow(let base, _), .member(let base, _):
        if let address = address(of: next, locals.state, &run).first?.value {
          reads.addresses.insert(address)
          if isShared { reads.shared.insert(address) }
        }
        // The pointer that leads there is no state.
        if unit.expressions[base.index].kind == .call { parts = [base] }
      case .unary(.dereference, let inner), .unary(.addressOf, let inner), .cast(let inner):
        if origins, case .variable(let variable) = unit.form(of: inner) {
          parts = (locals.sources[variable] ?? []).flatMap { origin(of: $0, run) }
        }
        let isAccess = unit.expressions[inner.index].kind == .arrow && isAddressOf(next)
        if seen.insert(inner).inserted { waiting.append((inner, isShared || isAccess)) }
      case .variable(let variable) where origins:
        parts = (locals.sources[variable] ?? []).flatMap { origin(of: $0, run) }
      case .call(let callee, let arguments):
        parts = arguments
        if case .function(let name) = unit.form(of: callee) {
          reads.formUnion(self.reads(ofCall: next, name, arguments, locals, &run))
        }
      case .assign(let op, let target, let source):
        parts = op == .none ? [source] : [target, source]
      case .statement(let statement): parts = expressions(under: statement)
      case .unary(_, let a), .designated(let a, _): parts = [a]
      case .index(let a, let b), .binary(_, let a, let b): parts = [a, b]
      case .conditional(let a, let b, let c): parts = [a, c] + (b.map { [$0] } ?? [])
      case .list(let all), .opaque(let all): parts = all
      case .integer, .string, .variable, .function: break
      }
      for part in parts where seen.insert(part).inserted { waiting.append((part, isShared)) }
    }
    return reads
  }

  private func isAddressOf(_ id: ExpressionID) -> Bool {
    if case .unary(.addressOf, _) = unit.form(of: id) { return true }
    return false
  }

  /// What was assigned; where it is a number, the conditions around the assignment.
  private func origin(
    of assignment: (source: ExpressionID, place: Place), _ run: FunctionRun
  ) -> [ExpressionID] {
    guard unit.expressions[assignment.source.index].kind == .integer else {
      return [assignment.source]
    }
    return unit.statements[run.function.statements].compactMap { statement in
      statement.kind == .if && statement.place < assignment.place
        && assignment.place < statement.end ? ExpressionID(statement.a) : nil
    }
  }

  private func expressions(under statement: StatementID) -> [ExpressionID] {
    switch unit.form(of: statement) {
    case .expression(let id): [id]
    case .compound(let parts): parts.flatMap { expressions(under: $0) }
    case .declaration(let variables):
      variables.compactMap {
        let initializer = unit.variables[$0.index].initializer
        return initializer >= 0 ? ExpressionID(initializer) : nil
      }
    case .if(let condition, let then, let otherwise):
      [condition] + expressions(under: then) + (otherwise.map { expressions(under: $0) } ?? [])
    case .do(let body, _): expressions(under: body)
    default: []
    }
  }

  private mutating func reads(
    ofCall id: ExpressionID, _ name: StringID, _ arguments: [ExpressionID], _ locals: FixedLocals,
    _ run: inout FunctionRun
  ) -> StateReads {
    guard let index = calls.functions[name], rules.operations[unit.strings[name]] == nil else {
      return StateReads()
    }
    let inside = reads(ofFunction: index)
    guard !inside.addresses.isEmpty else { return inside }
    let call = call(at: id, name, arguments, locals, &run)
    var site = Substitution(call: call, before: locals.state)
    var reads = StateReads()
    for address in inside.addresses.sorted() {
      let here = site.translate(address, &self)
      reads.addresses.insert(here)
      if inside.shared.contains(address) { reads.shared.insert(here) }
    }
    return reads
  }

  /// What a function reads of what its parameters lead to, itself or through others.
  mutating func reads(ofFunction index: Int) -> StateReads {
    if let known = stateReads[index] { return known }
    stateReads[index] = StateReads()
    let function = unit.functions[index]
    guard function.expressions.count < 2000, function.distrust == nil,
      let graph = Graph(of: function, in: unit, facts: control)
    else { return StateReads() }
    var run = FunctionRun(index: index, function: function, graph: graph)
    let locals = fixedLocals(of: &run)
    var found = StateReads()
    for block in graph.blocks {
      for expression in block.evaluated(in: unit) {
        found.formUnion(reads(expression, locals, origins: false, &run))
      }
    }
    found.addresses = found.addresses.filter { table.isVisible($0) }
    stateReads[index] = found
    return found
  }
}

extension Operator {
  /// `++` or `--`, on either side.
  var isStep: Bool {
    switch self {
    case .preIncrement, .preDecrement, .postIncrement, .postDecrement: true
    default: false
    }
  }
}

extension Graph.Block {
  /// The expressions that are evaluated in the block, in order.
  func evaluated(in unit: SyntaxUnit) -> [ExpressionID] {
    var found = instructions.flatMap { $0.evaluated(in: unit) }
    switch terminator {
    case .branch(let condition, _, _): found.append(condition)
    case .switch(let value, _, _): found.append(value)
    case .jump, .any, .leave, .stop: break
    }
    return found
  }
}

extension Graph.Instruction {
  fileprivate func evaluated(in unit: SyntaxUnit) -> [ExpressionID] {
    switch self {
    case .evaluate(let expression, _), .result(let expression): [expression]
    case .declare(let variable):
      unit.variables[variable.index].initializer >= 0
        ? [ExpressionID(unit.variables[variable.index].initializer)] : []
    case .bind, .cleanUp: []
    }
  }
}
