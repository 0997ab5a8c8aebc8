/// One parsed C file: its functions and the header inlines that they reach, as plain values in
/// flat arrays.
public struct SyntaxUnit: Sendable, Equatable {
  /// Path of the main file inside the tree.
  public var path: String
  public var strings = StringTable()
  public var expressions: [Expression] = []
  public var statements: [Statement] = []
  public var variables: [Variable] = []
  /// Child lists of expressions and statements, end to end.
  public var lists: [Int32] = []
  /// Functions of the main file first, in its order, then header inlines.
  public var functions: [Function] = []
  /// How many of `functions` stand in the main file.
  public var ownFunctionCount = 0
  /// Names assigned to a member of a static ops table: member name → function names.
  public var operations: [String: [String]] = [:]
  /// Those of `operations` whose struct the main file defines: no other file has such a table.
  public var ownOperations: [String: [String]] = [:]
  public var diagnostics: [Diagnostic] = []
  /// Every header that the parse read, by the name that the parser used.
  public var includes: [String] = []
  /// Lines that `#if` leaves out, the directives themselves not counted.
  public var inactive: [ClosedRange<Int>] = []

  public init(path: String) { self.path = path }
}

/// A compiler error with a place.
public struct Diagnostic: Sendable, Equatable, Codable {
  public var file: String
  public var line: Int32
  public var message: String

  public init(file: String, line: Int32, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }
}

extension SyntaxUnit {
  /// The functions of the main file.
  public var ownFunctions: ArraySlice<Function> { functions[..<ownFunctionCount] }

  private func list<T>(_ start: Int32, _ count: Int32) -> [ID<T>] {
    guard count > 0 else { return [] }
    return lists[Int(start)..<Int(start + count)].map { ID($0) }
  }

  private func optional<T>(_ raw: Int32) -> ID<T>? { raw < 0 ? nil : ID(raw) }

  /// What expression `id` is, in O(1), or O(n) for n arguments.
  public func form(of id: ExpressionID) -> ExpressionForm {
    let e = expressions[id.index]
    switch e.kind {
    case .integer: return .integer(e.value)
    case .string: return .string(ID(e.a))
    case .variable: return .variable(ID(e.a))
    case .function: return .function(ID(e.a))
    case .member: return .member(ID(e.a), field: ID(e.b))
    case .arrow: return .arrow(ID(e.a), field: ID(e.b))
    case .index: return .index(ID(e.a), ID(e.b))
    case .unary: return .unary(e.op, ID(e.a))
    case .binary: return .binary(e.op, ID(e.a), ID(e.b))
    case .assign: return .assign(e.op, ID(e.a), ID(e.b))
    case .conditional: return .conditional(ID(e.a), then: optional(e.b), otherwise: ID(e.c))
    case .call: return .call(ID(e.a), list(e.b, e.c))
    case .cast: return .cast(ID(e.a))
    case .statement: return .statement(ID(e.a))
    case .list: return .list(list(e.b, e.c))
    case .designated: return .designated(ID(e.a), field: ID(e.b))
    case .opaque: return .opaque(list(e.b, e.c))
    }
  }

  /// What statement `id` is, in O(1), or O(n) for n parts.
  public func form(of id: StatementID) -> StatementForm {
    let s = statements[id.index]
    switch s.kind {
    case .compound: return .compound(list(s.a, s.b))
    case .expression: return .expression(ID(s.a))
    case .declaration: return .declaration(list(s.a, s.b))
    case .if: return .if(ID(s.a), then: ID(s.b), otherwise: optional(s.c))
    case .while: return .while(ID(s.a), ID(s.b))
    case .do: return .do(ID(s.a), ID(s.b))
    case .for: return .for(optional(s.a), optional(s.b), optional(s.c), ID(s.d))
    case .switch: return .switch(ID(s.a), ID(s.b))
    case .case: return .case(min(s.low, s.high)...max(s.low, s.high), ID(s.c))
    case .default: return .default(ID(s.a))
    case .label: return .label(ID(s.a), ID(s.b))
    case .goto: return .goto(ID(s.a))
    case .indirectGoto: return .indirectGoto(ID(s.a))
    case .break: return .break
    case .continue: return .continue
    case .return: return .return(optional(s.a))
    case .assembly: return .assembly(list(s.a, s.b))
    case .empty: return .empty
    case .unknown: return .unknown
    }
  }
}
