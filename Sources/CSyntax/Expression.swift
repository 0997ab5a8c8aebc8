/// One C expression as 40 plain bytes; `SyntaxUnit.form(of:)` gives the comfortable view.
///
/// Parentheses and implicit conversions are left out: an expression stands for what it wraps.
public struct Expression: BitwiseCopyable, Sendable, Equatable {
  /// What the fields `a`, `b`, `c` and `value` mean.
  public enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// A number known at compile time: `value`.
    case integer
    /// A string literal: `a` is its text.
    case string
    /// A variable: `a` is its `VariableID`.
    case variable
    /// The name of a function: `a` is its name.
    case function
    /// `a.b`: base and field name.
    case member
    /// `a->b`: base and field name.
    case arrow
    /// `a[b]`.
    case index
    /// `op a`.
    case unary
    /// `a op b`.
    case binary
    /// `a = b`, or `a op= b` when `op` is not `.none`.
    case assign
    /// `a ? b : c`; `b` is −1 in `a ?: c`.
    case conditional
    /// A call: callee `a`, arguments are the list from `b`, `c` long.
    case call
    /// `(type) a`.
    case cast
    /// `({ … })`: `a` is the compound statement.
    case statement
    /// `{ a, b, … }` and compound literals: the list from `b`, `c` long.
    case list
    /// `.b = a` inside a list.
    case designated
    /// Anything else: the list of parts from `b`, `c` long, in order of evaluation.
    case opaque
  }

  /// The coarse type of a value, as far as the analysis needs it.
  public enum ValueType: UInt8, BitwiseCopyable, Sendable {
    case void
    case bool
    case signed
    case unsigned
    case pointer
    case record
    case other
  }

  public var kind: Kind
  public var op: Operator
  public var type: ValueType
  /// Fills a gap, so that equal values have equal bytes.
  private let gap: UInt8 = 0
  public var a: Int32
  public var b: Int32
  public var c: Int32
  public var value: Int64
  public var place: Place
  /// Name of the macro whose use in the main file this came from, or −1.
  public var macro: Int32
  private let tail: Int32 = 0

  public init(
    kind: Kind, op: Operator = .none, type: ValueType = .other, a: Int32 = -1, b: Int32 = -1,
    c: Int32 = -1, value: Int64 = 0, place: Place = .none, macro: Int32 = -1
  ) {
    self.kind = kind
    self.op = op
    self.type = type
    self.a = a
    self.b = b
    self.c = c
    self.value = value
    self.place = place
    self.macro = macro
  }
}

/// The operators of C.
public enum Operator: UInt8, BitwiseCopyable, Sendable {
  case none
  // Binary, also of compound assignments.
  case add, subtract, multiply, divide, remainder, shiftLeft, shiftRight, and, or, xor
  case less, greater, lessOrEqual, greaterOrEqual, equal, notEqual, logicalAnd, logicalOr, comma
  // Unary.
  case addressOf, dereference, minus, not, complement
  case preIncrement, preDecrement, postIncrement, postDecrement
}

/// What an expression is, for pattern matching.
public enum ExpressionForm: Sendable {
  case integer(Int64)
  case string(StringID)
  case variable(VariableID)
  case function(StringID)
  case member(ExpressionID, field: StringID)
  case arrow(ExpressionID, field: StringID)
  case index(ExpressionID, ExpressionID)
  case unary(Operator, ExpressionID)
  case binary(Operator, ExpressionID, ExpressionID)
  case assign(Operator, ExpressionID, ExpressionID)
  case conditional(ExpressionID, then: ExpressionID?, otherwise: ExpressionID)
  case call(ExpressionID, [ExpressionID])
  case cast(ExpressionID)
  case statement(StatementID)
  case list([ExpressionID])
  case designated(ExpressionID, field: StringID)
  case opaque([ExpressionID])
}
