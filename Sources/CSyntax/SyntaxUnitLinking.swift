// Putting the functions of another unit beside a unit's own, so that calls into other files can be
// followed.
extension SyntaxUnit {
  /// Names of functions that the unit mentions and has no body of.
  public var undefinedFunctions: [String] {
    let defined = Set(functions.map(\.name))
    var missing: Set<StringID> = []
    for expression in expressions where expression.kind == .function {
      let name = StringID(expression.a)
      if !defined.contains(name) { missing.insert(name) }
    }
    return missing.map { strings[$0] }.sorted()
  }

  /// Appends the functions of `other`, whose own numbers are shifted behind this unit's.
  ///
  /// A static function of `other` gets the file's path into its name, so that one of the same name
  /// here is not taken for it; inlines that both have stay single. O(size of `other`).
  public mutating func link(_ other: SyntaxUnit) {
    var linker = UnitLinker(into: self, from: other)
    linker.link()
    self = linker.unit
  }
}

/// Renumbers one unit behind another.
private struct UnitLinker {
  var unit: SyntaxUnit
  let other: SyntaxUnit
  private let expressionShift: Int32
  private let statementShift: Int32
  private let variableShift: Int32
  private let listShift: Int32
  /// Numbers in this unit of the other's strings.
  private var names: [Int32] = []
  /// The same for names of functions: static ones of the other's file are told apart.
  private var functionNames: [Int32: Int32] = [:]

  init(into unit: SyntaxUnit, from other: SyntaxUnit) {
    self.unit = unit
    self.other = other
    expressionShift = Int32(unit.expressions.count)
    statementShift = Int32(unit.statements.count)
    variableShift = Int32(unit.variables.count)
    listShift = Int32(unit.lists.count)
  }

  mutating func link() {
    names = other.strings.strings.map { unit.strings.intern($0).raw }
    for function in other.ownFunctions where function.isStatic {
      let name = other.strings[function.name] + " of " + other.path
      functionNames[function.name.raw] = unit.strings.intern(name).raw
    }
    linkLists()
    unit.expressions += other.expressions.map { shifted($0) }
    unit.statements += other.statements.map { shifted($0) }
    unit.variables += other.variables.map { shifted($0) }
    let known = Set(unit.functions.map(\.name))
    for function in other.functions {
      let moved = shifted(function)
      if !known.contains(moved.name) { unit.functions.append(moved) }
    }
  }

  /// Lists hold numbers of four kinds; what refers to each says which.
  private mutating func linkLists() {
    var lists = other.lists
    func shift(_ start: Int32, _ count: Int32, _ amount: Int32) {
      guard count > 0 else { return }
      for index in Int(start)..<Int(start + count) { lists[index] = other.lists[index] + amount }
    }
    for expression in other.expressions {
      switch expression.kind {
      case .call, .list, .opaque: shift(expression.b, expression.c, expressionShift)
      default: break
      }
    }
    for statement in other.statements {
      switch statement.kind {
      case .compound: shift(statement.a, statement.b, statementShift)
      case .declaration: shift(statement.a, statement.b, variableShift)
      case .assembly:
        for index in Int(statement.a)..<Int(statement.a + statement.b) {
          lists[index] = names[Int(other.lists[index])]
        }
      default: break
      }
    }
    unit.lists += lists
  }

  private func name(_ raw: Int32) -> Int32 { raw < 0 ? raw : names[Int(raw)] }

  private func function(_ raw: Int32) -> Int32 { functionNames[raw] ?? name(raw) }

  private func shift(_ raw: Int32, _ amount: Int32) -> Int32 { raw < 0 ? raw : raw + amount }

  private func shifted(_ expression: Expression) -> Expression {
    var e = expression
    e.macro = name(e.macro)
    switch e.kind {
    case .integer: break
    case .string: e.a = name(e.a)
    case .function: e.a = function(e.a)
    case .variable: e.a = shift(e.a, variableShift)
    case .member, .arrow, .designated:
      e.a = shift(e.a, expressionShift)
      e.b = name(e.b)
    case .index, .binary, .assign:
      e.a = shift(e.a, expressionShift)
      e.b = shift(e.b, expressionShift)
    case .unary, .cast: e.a = shift(e.a, expressionShift)
    case .conditional:
      e.a = shift(e.a, expressionShift)
      e.b = shift(e.b, expressionShift)
      e.c = shift(e.c, expressionShift)
    case .call:
      e.a = shift(e.a, expressionShift)
      e.b = shift(e.b, listShift)
    case .statement: e.a = shift(e.a, statementShift)
    case .list, .opaque: e.b = shift(e.b, listShift)
    }
    return e
  }

  private func shifted(_ statement: Statement) -> Statement {
    var s = statement
    switch s.kind {
    case .compound, .declaration, .assembly: s.a = shift(s.a, listShift)
    case .expression, .indirectGoto, .return: s.a = shift(s.a, expressionShift)
    case .if:
      s.a = shift(s.a, expressionShift)
      s.b = shift(s.b, statementShift)
      s.c = shift(s.c, statementShift)
    case .while, .switch:
      s.a = shift(s.a, expressionShift)
      s.b = shift(s.b, statementShift)
    case .do:
      s.a = shift(s.a, statementShift)
      s.b = shift(s.b, expressionShift)
    case .for:
      s.a = shift(s.a, statementShift)
      s.b = shift(s.b, expressionShift)
      s.c = shift(s.c, expressionShift)
      s.d = shift(s.d, statementShift)
    case .case: s.c = shift(s.c, statementShift)
    case .default: s.a = shift(s.a, statementShift)
    case .label:
      s.a = name(s.a)
      s.b = shift(s.b, statementShift)
    case .goto: s.a = name(s.a)
    case .break, .continue, .empty, .unknown: break
    }
    return s
  }

  private func shifted(_ variable: Variable) -> Variable {
    var v = variable
    v.name = name(v.name)
    v.typeName = name(v.typeName)
    v.initializer = shift(v.initializer, expressionShift)
    v.cleanup = v.cleanup < 0 ? v.cleanup : function(v.cleanup)
    return v
  }

  private func shifted(_ original: Function) -> Function {
    var f = original
    f.name = StringID(function(f.name.raw))
    f.file = StringID(name(f.file.raw))
    f.parameters = f.parameters.map { VariableID($0.raw + variableShift) }
    f.body = StatementID(f.body.raw + statementShift)
    let (s, e) = (Int(statementShift), Int(expressionShift))
    f.statements = f.statements.lowerBound + s..<f.statements.upperBound + s
    f.expressions = f.expressions.lowerBound + e..<f.expressions.upperBound + e
    return f
  }
}
