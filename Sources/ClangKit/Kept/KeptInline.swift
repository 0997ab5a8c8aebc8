import CSyntax

/// A header inline as one parse read it, ready to be put into a further version's unit.
///
/// Everything counts from the inline's own start: strings, variables, statements, expressions and
/// lists. Putting it back gives the same numbers that reading it anew would give, because it names
/// strings, variables and callees in the order of their first use.
struct KeptInline {
  /// A variable that the inline mentions.
  struct Mention {
    /// Nil for one of its own.
    var global: GlobalKey?
    var variable: Variable
  }

  var strings: [String] = []
  var mentions: [Mention] = []
  var callees: [String] = []
  var expressions: [Expression] = []
  var statements: [Statement] = []
  var lists: [Int32] = []
  var function: Function
}

/// What tells a file-scope declaration from all others, in every version with the same headers.
struct GlobalKey: Hashable {
  var name: String
  var file: String
  var place: Place
}

/// What an inline mentions while it is read, by the unit's numbers, in order.
struct InlineLog {
  private(set) var strings: [Int32] = []
  private(set) var variables: [(id: VariableID, global: GlobalKey?)] = []
  var callees: [String] = []
  private var seenStrings: Set<Int32> = []
  private var seenVariables: Set<Int32> = []

  mutating func mention(string: Int32) {
    if seenStrings.insert(string).inserted { strings.append(string) }
  }

  mutating func mention(_ id: VariableID, _ global: GlobalKey?) {
    if seenVariables.insert(id.raw).inserted { variables.append((id, global)) }
  }
}

/// Where each kind of number starts or what it becomes.
struct Renumbering {
  var strings: [Int32: Int32] = [:]
  var variables: [Int32: Int32] = [:]
  var stringTable: [Int32] = []
  var variableTable: [Int32] = []
  var expression: Int32
  var statement: Int32
  var list: Int32

  func string(_ raw: Int32) -> Int32 {
    if raw < 0 { return raw }
    return strings.isEmpty ? stringTable[Int(raw)] : strings[raw]!
  }

  func variable(_ raw: Int32) -> Int32 {
    if raw < 0 { return raw }
    return variables.isEmpty ? variableTable[Int(raw)] : variables[raw]!
  }

  func shift(_ raw: Int32, _ amount: Int32) -> Int32 { raw < 0 ? raw : raw + amount }

  func callAsFunction(_ expression: Expression) -> Expression {
    var e = expression
    switch e.kind {
    case .integer: break
    case .string, .function: e.a = string(e.a)
    case .variable: e.a = variable(e.a)
    case .member, .arrow, .designated:
      e.a = shift(e.a, self.expression)
      e.b = string(e.b)
    case .unary, .cast: e.a = shift(e.a, self.expression)
    case .index, .binary, .assign:
      e.a = shift(e.a, self.expression)
      e.b = shift(e.b, self.expression)
    case .conditional:
      e.a = shift(e.a, self.expression)
      e.b = shift(e.b, self.expression)
      e.c = shift(e.c, self.expression)
    case .call:
      e.a = shift(e.a, self.expression)
      e.b = shift(e.b, list)
    case .statement: e.a = shift(e.a, statement)
    case .list, .opaque: e.b = shift(e.b, list)
    }
    return e
  }

  func callAsFunction(_ statement: Statement) -> Statement {
    var s = statement
    let (e, t) = (expression, self.statement)
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

  func callAsFunction(_ variable: Variable) -> Variable {
    var v = variable
    v.name = string(v.name)
    v.typeName = string(v.typeName)
    v.cleanup = string(v.cleanup)
    v.initializer = shift(v.initializer, expression)
    return v
  }

  func callAsFunction(_ function: Function) -> Function {
    var f = function
    f.name = StringID(string(f.name.raw))
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
  /// - Parameters:
  ///   - old: the list elements, the first of which is number `start` for `expressions` and
  ///     `statements`.
  func lists(
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
