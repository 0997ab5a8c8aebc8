import CSyntax

/// Writes expressions as a programmer would, for messages; long ones are cut.
struct ExpressionText {
  let unit: SyntaxUnit

  /// The text of an expression, at most about 60 characters.
  func text(_ id: ExpressionID) -> String {
    let whole = write(id, depth: 0)
    return whole.count > 60 ? whole.prefix(57) + "…" : whole
  }

  private func write(_ id: ExpressionID, depth: Int) -> String {
    guard depth < 6 else { return "…" }
    let next = { (id: ExpressionID) in write(id, depth: depth + 1) }
    switch unit.form(of: id) {
    case .integer(let number): return String(number)
    case .string(let text): return unit.strings[text]
    case .variable(let variable): return unit.strings[StringID(unit.variables[variable.index].name)]
    case .function(let name): return unit.strings[name]
    case .member(let base, let field): return next(base) + "." + unit.strings[field]
    case .arrow(let base, let field): return next(base) + "->" + unit.strings[field]
    case .index(let base, let index): return next(base) + "[" + next(index) + "]"
    case .unary(let op, let inner): return unary(op, next(inner))
    case .binary(let op, let a, let b): return next(a) + " " + op.text + " " + next(b)
    case .assign(let op, let a, let b): return next(a) + " " + op.text + "= " + next(b)
    case .conditional(let c, let then, let otherwise):
      return next(c) + " ? " + (then.map(next) ?? "") + " : " + next(otherwise)
    case .call(let callee, let arguments):
      return next(callee) + "(" + arguments.map(next).joined(separator: ", ") + ")"
    case .cast(let inner): return next(inner)
    case .designated(let value, let field): return "." + unit.strings[field] + " = " + next(value)
    case .statement, .list, .opaque:
      let macro = unit.expressions[id.index].macro
      return macro >= 0 ? unit.strings[StringID(macro)] + "(…)" : "…"
    }
  }

  private func unary(_ op: Operator, _ inner: String) -> String {
    switch op {
    case .postIncrement, .postDecrement: inner + op.text
    default: op.text + (inner.contains(" ") ? "(" + inner + ")" : inner)
    }
  }
}

extension Operator {
  /// The operator as C spells it.
  var text: String {
    switch self {
    case .none: ""
    case .add: "+"
    case .subtract, .minus: "-"
    case .multiply, .dereference: "*"
    case .divide: "/"
    case .remainder: "%"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .and, .addressOf: "&"
    case .or: "|"
    case .xor: "^"
    case .less: "<"
    case .greater: ">"
    case .lessOrEqual: "<="
    case .greaterOrEqual: ">="
    case .equal: "=="
    case .notEqual: "!="
    case .logicalAnd: "&&"
    case .logicalOr: "||"
    case .comma: ","
    case .not: "!"
    case .complement: "~"
    case .preIncrement, .postIncrement: "++"
    case .preDecrement, .postDecrement: "--"
    }
  }
}
