import CSyntax

// Takes the control flow out of expressions: what branches inside an expression is built as
// blocks first and its value kept under the expression's number; the rest is one instruction.
extension GraphBuilder {
  /// Evaluates an expression, `into` another one's value where given.
  mutating func evaluate(_ id: ExpressionID, into: ExpressionID? = nil) {
    evaluate(id) { .evaluate($0, into: into) }
  }

  /// Evaluates an expression by an instruction of the caller's choice.
  mutating func evaluate(
    _ id: ExpressionID, as instruction: (ExpressionID) -> Graph.Instruction
  ) {
    prepare(id)
    emit(instruction(id))
  }

  /// Builds the branching parts of an expression, so that the rest is straight.
  mutating func prepare(_ id: ExpressionID) {
    guard facts[id] else { return }
    switch unit.form(of: id) {
    case .integer, .string, .variable, .function: break
    case .member(let inner, _), .arrow(let inner, _), .unary(_, let inner), .cast(let inner),
      .designated(let inner, _):
      prepare(inner)
    case .index(let a, let b), .assign(_, let a, let b):
      prepare(a)
      prepare(b)
    case .binary(let op, let a, let b):
      if op == .logicalAnd || op == .logicalOr {
        lowerLogical(id)
      } else {
        if op == .comma, facts[b] {
          evaluate(a, into: a)
        } else {
          prepare(a)
        }
        prepare(b)
      }
    case .conditional(let condition, let then, let otherwise):
      lowerConditional(id, condition, then, otherwise)
    case .call(let callee, let arguments):
      prepare(callee)
      arguments.forEach { prepare($0) }
    case .statement(let body):
      lowerStatementExpression(id, body)
    case .list(let parts), .opaque(let parts):
      parts.forEach { prepare($0) }
    }
  }

  /// `a && b` and `a || b` as a value: 1 or 0 on two paths.
  private mutating func lowerLogical(_ id: ExpressionID) {
    let yes = newBlock()
    let no = newBlock()
    let after = newBlock()
    lowerCondition(id, then: yes, otherwise: no)
    current = yes
    emit(.bind(id, 1))
    enter(after)
    current = no
    emit(.bind(id, 0))
    enter(after)
  }

  private mutating func lowerConditional(
    _ id: ExpressionID, _ condition: ExpressionID, _ then: ExpressionID?, _ otherwise: ExpressionID
  ) {
    let yes = newBlock()
    let no = newBlock()
    let after = newBlock()
    if then == nil {
      // `a ?: c`: the condition's value is the result, and it is evaluated once. After the branch
      // nobody knows the condition's value any more.
      evaluate(condition, into: condition)
      emit(.evaluate(condition, into: id))
      seal(.branch(condition, then: yes, otherwise: no))
    } else {
      lowerCondition(condition, then: yes, otherwise: no)
    }
    current = yes
    if let then { evaluate(then, into: id) }
    enter(after)
    current = no
    evaluate(otherwise, into: id)
    enter(after)
  }

  /// `({ … })`: the last statement's expression is the value.
  private mutating func lowerStatementExpression(_ id: ExpressionID, _ body: StatementID) {
    guard case .compound(let parts) = unit.form(of: body), let last = parts.last else {
      lower(body)
      return
    }
    let end = unit.statements[body.index].end
    inScope(ending: end) { builder in
      parts.dropLast().forEach { builder.lower($0) }
      if case .expression(let value) = builder.unit.form(of: last) {
        builder.evaluate(value, into: id)
      } else {
        builder.lower(last)
      }
    }
  }

  /// Branches on a condition; both ways lead to blocks that the caller enters.
  mutating func lowerCondition(_ id: ExpressionID, then: Int, otherwise: Int) {
    switch unit.form(of: id) {
    case .integer(let value): seal(.jump(value != 0 ? then : otherwise))
    case .unary(.not, let inner): lowerCondition(inner, then: otherwise, otherwise: then)
    case .binary(.logicalAnd, let a, let b):
      let next = newBlock()
      lowerCondition(a, then: next, otherwise: otherwise)
      current = next
      lowerCondition(b, then: then, otherwise: otherwise)
    case .binary(.logicalOr, let a, let b):
      let next = newBlock()
      lowerCondition(a, then: then, otherwise: next)
      current = next
      lowerCondition(b, then: then, otherwise: otherwise)
    case .binary(.comma, let a, let b):
      evaluate(a)
      lowerCondition(b, then: then, otherwise: otherwise)
    default:
      prepare(id)
      seal(.branch(id, then: then, otherwise: otherwise))
    }
  }
}
