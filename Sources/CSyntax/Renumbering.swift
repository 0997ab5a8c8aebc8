/// Gives the parts of one unit the numbers that they have in another, or for themselves.
///
/// Statements, expressions and lists stand in one piece in both and are shifted; strings, names of
/// functions and variables may stand in any order. Negative numbers mean that there is nothing.
public struct Renumbering {
  private let expression: Int32
  private let statement: Int32
  private let list: Int32
  private let stringNumber: (Int32) -> Int32
  private let functionNumber: (Int32) -> Int32
  private let variableNumber: (Int32) -> Int32

  /// - Parameters:
  ///   - expression: How far expressions are shifted; the next two say it of statements and lists.
  ///   - string: The new number of a string.
  ///   - function: The new number of a function's name, where that is not the one of the string.
  ///   - variable: The new number of a variable.
  public init(
    expression: Int, statement: Int, list: Int, string: @escaping (Int32) -> Int32,
    function: ((Int32) -> Int32)? = nil, variable: @escaping (Int32) -> Int32
  ) {
    self.expression = Int32(expression)
    self.statement = Int32(statement)
    self.list = Int32(list)
    stringNumber = string
    functionNumber = function ?? string
    variableNumber = variable
  }

  private func string(_ raw: Int32) -> Int32 { raw < 0 ? raw : stringNumber(raw) }
  private func function(_ raw: Int32) -> Int32 { raw < 0 ? raw : functionNumber(raw) }
  private func variable(_ raw: Int32) -> Int32 { raw < 0 ? raw : variableNumber(raw) }
  private func shift(_ raw: Int32, _ amount: Int32) -> Int32 { raw < 0 ? raw : raw + amount }

  public func callAsFunction(_ original: Expression) -> Expression {
    var e = original
    e.macro = string(e.macro)
    switch e.kind {
    case .integer: break
    case .string: e.a = string(e.a)
    case .function: e.a = function(e.a)
    case .variable: e.a = variable(e.a)
    case .member, .arrow, .designated: (e.a, e.b) = (shift(e.a, expression), string(e.b))
    case .unary, .cast: e.a = shift(e.a, expression)
    case .index, .binary, .assign: (e.a, e.b) = (shift(e.a, expression), shift(e.b, expression))
    case .conditional:
      (e.a, e.b) = (shift(e.a, expression), shift(e.b, expression))
      e.c = shift(e.c, expression)
    case .call: (e.a, e.b) = (shift(e.a, expression), shift(e.b, list))
    case .statement: e.a = shift(e.a, statement)
    case .list, .opaque: e.b = shift(e.b, list)
    }
    return e
  }

  public func callAsFunction(_ original: Statement) -> Statement {
    var s = original
    let (e, t) = (expression, statement)
    switch s.kind {
    case .compound, .declaration, .assembly: s.a = shift(s.a, list)
    case .expression, .indirectGoto, .return: s.a = shift(s.a, e)
    case .if: (s.a, s.b, s.c) = (shift(s.a, e), shift(s.b, t), shift(s.c, t))
    case .while, .switch: (s.a, s.b) = (shift(s.a, e), shift(s.b, t))
    case .do: (s.a, s.b) = (shift(s.a, t), shift(s.b, e))
    case .for: (s.a, s.b, s.c, s.d) = (shift(s.a, t), shift(s.b, e), shift(s.c, e), shift(s.d, t))
    case .case: s.c = shift(s.c, t)
    case .default: s.a = shift(s.a, t)
    case .label: (s.a, s.b) = (string(s.a), shift(s.b, t))
    case .goto: s.a = string(s.a)
    case .break, .continue, .empty, .unknown: break
    }
    return s
  }

  public func callAsFunction(_ original: Variable) -> Variable {
    var v = original
    v.name = string(v.name)
    v.typeName = string(v.typeName)
    v.cleanup = function(v.cleanup)
    v.initializer = shift(v.initializer, expression)
    return v
  }

  public func callAsFunction(_ original: Function) -> Function {
    var f = original
    f.name = StringID(function(f.name.raw))
    f.file = StringID(string(f.file.raw))
    f.parameters = f.parameters.map { VariableID(variable($0.raw)) }
    f.body = StatementID(f.body.raw + statement)
    let (s, e) = (Int(statement), Int(expression))
    f.statements = f.statements.lowerBound + s..<f.statements.upperBound + s
    f.expressions = f.expressions.lowerBound + e..<f.expressions.upperBound + e
    return f
  }

  /// Lists hold numbers of four kinds; what refers to each says which.
  ///
  /// - Parameter old: The elements that `expressions` and `statements` refer to, under the numbers
  ///   that these know them by.
  public func lists(
    _ old: ArraySlice<Int32>, of expressions: ArraySlice<Expression>,
    _ statements: ArraySlice<Statement>
  ) -> [Int32] {
    let start = old.startIndex
    var new = Array(old)
    func change(_ first: Int32, _ count: Int32, _ change: (Int32) -> Int32) {
      guard count > 0 else { return }
      for i in Int(first)..<Int(first + count) { new[i - start] = change(old[i]) }
    }
    for e in expressions where e.kind == .call || e.kind == .list || e.kind == .opaque {
      change(e.b, e.c) { $0 + expression }
    }
    for s in statements {
      switch s.kind {
      case .compound: change(s.a, s.b) { $0 + statement }
      case .declaration: change(s.a, s.b) { variable($0) }
      case .assembly: change(s.a, s.b) { string($0) }
      default: break
      }
    }
    return new
  }
}
