extension SyntaxUnit {
  /// True when an expression, as it is written, mentions a macro or function that `test` wants.
  public func mentions(_ id: ExpressionID, _ test: (StringID) -> Bool) -> Bool {
    var found = false
    visit(id) { part in
      let expression = expressions[part.index]
      if expression.macro >= 0 {
        if test(StringID(expression.macro)) { found = true }
      } else if expression.kind == .function, test(StringID(expression.a)) {
        found = true
      }
    }
    return found
  }

  /// Calls `body` with an expression and all that it is made of, but for statements.
  public func visit(_ id: ExpressionID, _ body: (ExpressionID) -> Void) {
    var waiting = [id]
    while let next = waiting.popLast() {
      body(next)
      switch form(of: next) {
      case .integer, .string, .variable, .function, .statement: break
      case .member(let a, _), .arrow(let a, _), .unary(_, let a), .cast(let a),
        .designated(let a, _):
        waiting.append(a)
      case .index(let a, let b), .binary(_, let a, let b), .assign(_, let a, let b):
        waiting += [a, b]
      case .conditional(let a, let b, let c): waiting += [a, c] + (b.map { [$0] } ?? [])
      case .call(let callee, let arguments): waiting += [callee] + arguments
      case .list(let parts), .opaque(let parts): waiting += parts
      }
    }
  }
}
