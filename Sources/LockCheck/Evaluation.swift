import CSyntax

/// A value and the state in which it was found.
struct Outcome {
  var state: PathState
  var value: Value
}

// Evaluates straight expressions. A call may split the state: one outcome for each.
extension LockAnalysis {
  /// The value of an expression.
  mutating func evaluate(
    _ id: ExpressionID, _ state: PathState, _ run: inout FunctionRun
  ) -> [Outcome] {
    if let known = state.bound[id] { return [Outcome(state: state, value: known)] }
    switch unit.form(of: id) {
    case .integer(let number): return [Outcome(state: state, value: table.constant(number))]
    case .string(let text): return [Outcome(state: state, value: table.make(.string(text)))]
    case .function(let name): return [Outcome(state: state, value: table.make(.function(name)))]
    case .variable(let variable):
      if isSet(variable) { return [Outcome(state: state, value: table.constant(1))] }
      let address = self.address(of: variable)
      let isObject = unit.variables[variable.index].isArray
      return [Outcome(state: state, value: isObject ? address : read(address, state))]
    case .member, .arrow, .index, .unary(.dereference, _):
      return address(of: id, state, &run).map {
        Outcome(state: $0.state, value: read($0.value, $0.state))
      }
    case .unary(.addressOf, let inner): return address(of: inner, state, &run)
    case .unary(let op, let inner): return unary(op, inner, state, &run)
    case .binary(let op, let a, let b): return binary(id, op, a, b, state, &run)
    case .assign(let op, let target, let source): return assign(op, target, source, state, &run)
    case .cast(let inner), .designated(let inner, _): return evaluate(inner, state, &run)
    case .call(let callee, let arguments): return call(id, callee, arguments, state, &run)
    case .list(let parts): return record(parts, state, &run)
    case .opaque(let parts): return opaque(id, parts, state, &run)
    case .conditional, .statement:
      // Built as blocks; without a value (a `void` one) there is nothing to say.
      return [Outcome(state: state, value: table.make(.result(id, function: run.index)))]
    }
  }

  /// A variable of the kernel that the rules take to be set.
  private func isSet(_ variable: VariableID) -> Bool {
    let known = unit.variables[variable.index]
    return known.storage == .global && setVariables.contains(StringID(known.name))
  }

  /// Evaluates several expressions in order.
  mutating func evaluate(
    all ids: [ExpressionID], _ state: PathState, _ run: inout FunctionRun
  ) -> [(state: PathState, values: [Value])] {
    var found: [(state: PathState, values: [Value])] = [(state, [])]
    for id in ids {
      var next: [(state: PathState, values: [Value])] = []
      for partial in found {
        for outcome in evaluate(id, partial.state, &run) {
          next.append((outcome.state, partial.values + [outcome.value]))
        }
      }
      found = next
    }
    return found
  }

  private mutating func address(of variable: VariableID) -> Value {
    switch unit.variables[variable.index].storage {
    case .local, .parameter: table.make(.local(variable))
    case .global, .staticLocal: table.make(.global(StringID(unit.variables[variable.index].name)))
    }
  }

  /// The address of an lvalue.
  mutating func address(
    of id: ExpressionID, _ state: PathState, _ run: inout FunctionRun
  ) -> [Outcome] {
    switch unit.form(of: id) {
    case .variable(let variable):
      return [Outcome(state: state, value: address(of: variable))]
    case .member(let base, let field):
      return address(of: base, state, &run).map {
        Outcome(state: $0.state, value: member(field, of: $0.value))
      }
    case .arrow(let base, let field):
      return evaluate(base, state, &run).compactMap { outcome in
        // What is followed is a good pointer from here on.
        var state = outcome.state
        guard state.restrict(outcome.value, to: .address, in: table) else { return nil }
        return Outcome(state: state, value: member(field, of: outcome.value))
      }
    case .index(let base, let index):
      return evaluate(all: [base, index], state, &run).map {
        Outcome(state: $0.state, value: table.make(.element($0.values[0], $0.values[1])))
      }
    case .unary(.dereference, let inner): return evaluate(inner, state, &run)
    case .cast(let inner): return address(of: inner, state, &run)
    default:
      // An rvalue: what is called its address stands for the object.
      return evaluate(id, state, &run)
    }
  }

  /// The address of a member; members that only wrap a lock are the lock.
  mutating func member(_ field: StringID, of base: Value) -> Value {
    if rules.transparentMembers.contains(unit.strings[field]) { return base }
    return table.make(.field(base, field))
  }

  private mutating func unary(
    _ op: Operator, _ inner: ExpressionID, _ state: PathState, _ run: inout FunctionRun
  ) -> [Outcome] {
    switch op {
    case .preIncrement, .postIncrement, .preDecrement, .postDecrement:
      let up = op == .preIncrement || op == .postIncrement
      let before = op == .postIncrement || op == .postDecrement
      return address(of: inner, state, &run).map { place in
        var state = place.state
        let old = read(place.value, state)
        let new = table.make(.binary(up ? .add : .subtract, old, table.constant(1)))
        write(new, to: place.value, &state)
        return Outcome(state: state, value: before ? old : new)
      }
    default:
      return evaluate(inner, state, &run).map {
        Outcome(state: $0.state, value: table.make(.unary(op, $0.value)))
      }
    }
  }

  private mutating func binary(
    _ id: ExpressionID, _ op: Operator, _ a: ExpressionID, _ b: ExpressionID, _ state: PathState,
    _ run: inout FunctionRun
  ) -> [Outcome] {
    if op == .comma {
      return evaluate(a, state, &run).flatMap { evaluate(b, $0.state, &run) }
    }
    return evaluate(all: [a, b], state, &run).map {
      Outcome(state: $0.state, value: compare(op, $0.values[0], $0.values[1], a, b))
    }
  }

  /// A binary operation; unsigned comparisons are kept from being taken for signed ones.
  private mutating func compare(
    _ op: Operator, _ x: Value, _ y: Value, _ a: ExpressionID, _ b: ExpressionID
  ) -> Value {
    let types = [unit.expressions[a.index].type, unit.expressions[b.index].type]
    let isUnsigned = types.contains(.unsigned) || types.contains(.pointer)
    let isOrder = [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(op)
    if isUnsigned, isOrder, let limit = table.number(y), limit < 0 {
      // `(unsigned long)p >= (unsigned long)-MAX_ERRNO` asks for an error pointer.
      if op == .greaterOrEqual || op == .greater {
        return table.make(.binary(.less, x, table.constant(0)))
      }
      return table.make(.binary(.greaterOrEqual, x, table.constant(0)))
    }
    return table.make(.binary(op, x, y))
  }

  private mutating func assign(
    _ op: Operator, _ target: ExpressionID, _ source: ExpressionID, _ state: PathState,
    _ run: inout FunctionRun
  ) -> [Outcome] {
    evaluate(source, state, &run).flatMap { right in
      address(of: target, right.state, &run).map { left in
        var state = left.state
        var value = snapshot(right.value, state)
        if op != .none { value = table.make(.binary(op, read(left.value, state), value)) }
        write(value, to: left.value, &state)
        return Outcome(state: state, value: value)
      }
    }
  }

  private mutating func record(
    _ parts: [ExpressionID], _ state: PathState, _ run: inout FunctionRun
  ) -> [Outcome] {
    // `{ 0 }` and `{}` for a scalar or a whole structure: a value whose members are zero.
    evaluate(all: parts, state, &run).map { found in
      var members: [RecordPart] = []
      for (part, value) in zip(parts, found.values) {
        if case .designated(_, let field) = unit.form(of: part) {
          members.append(RecordPart(field: field, value: value))
        } else if parts.count == 1, unit.expressions[part.index].type == .pointer {
          return Outcome(state: found.state, value: value)
        }
      }
      return Outcome(state: found.state, value: table.make(.record(members)))
    }
  }

  private mutating func opaque(
    _ id: ExpressionID, _ parts: [ExpressionID], _ state: PathState, _ run: inout FunctionRun
  ) -> [Outcome] {
    evaluate(all: parts, state, &run).map { found in
      var state = found.state
      return Outcome(state: state, value: fresh(id, &state, run))
    }
  }

  /// An unknown value of its own for an expression; what an earlier round of a loop left under the
  /// same name is set apart first.
  mutating func fresh(_ id: ExpressionID, _ state: inout PathState, _ run: FunctionRun) -> Value {
    let value = table.make(.result(id, function: run.index))
    if !state.called.insert(id).inserted {
      outdate(&state, by: id)
    }
    return value
  }
}
