/// One C statement as plain bytes; `SyntaxUnit.form(of:)` gives the comfortable view.
public struct Statement: BitwiseCopyable, Sendable, Equatable {
  /// What the fields `a`, `b`, `c`, `d` mean.
  public enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// `{ … }`: the list of statements from `a`, `b` long; `end` is the closing brace.
    case compound
    /// An expression `a`.
    case expression
    /// Declarations: the list of variables from `a`, `b` long.
    case declaration
    /// `if (a) b else c`.
    case `if`
    /// `while (a) b`.
    case `while`
    /// `do a while (b)`.
    case `do`
    /// `for (a; b; c) d`: `a` a statement, `b` and `c` expressions; −1 where absent.
    case `for`
    /// `switch (a) b`.
    case `switch`
    /// `case low … high: c`: values in `low`, `high`.
    case `case`
    /// `default: a`.
    case `default`
    /// `a: b`.
    case label
    /// `goto a`.
    case goto
    /// `goto *a`.
    case indirectGoto
    case `break`
    case `continue`
    /// `return a;`, −1 without a value.
    case `return`
    /// Assembly; jumps to the labels of the list from `a`, `b` long (names), or falls through.
    case assembly
    /// `;`.
    case empty
    /// Something that could not be read; the function is not to be trusted.
    case unknown
  }

  public var kind: Kind
  /// Fills a gap, as the next two do, so that equal values have equal bytes.
  private let gap: UInt8 = 0
  private let widerGap: UInt16 = 0
  public var a: Int32
  public var b: Int32
  public var c: Int32
  public var d: Int32
  private let lastGap: Int32 = 0
  public var low: Int64
  public var high: Int64
  public var place: Place
  public var end: Place

  public init(
    kind: Kind, a: Int32 = -1, b: Int32 = -1, c: Int32 = -1, d: Int32 = -1, low: Int64 = 0,
    high: Int64 = 0, place: Place = .none, end: Place = .none
  ) {
    self.kind = kind
    self.a = a
    self.b = b
    self.c = c
    self.d = d
    self.low = low
    self.high = high
    self.place = place
    self.end = end
  }
}

/// What a statement is, for pattern matching.
public enum StatementForm: Sendable {
  case compound([StatementID])
  case expression(ExpressionID)
  case declaration([VariableID])
  case `if`(ExpressionID, then: StatementID, otherwise: StatementID?)
  case `while`(ExpressionID, StatementID)
  case `do`(StatementID, ExpressionID)
  case `for`(StatementID?, ExpressionID?, ExpressionID?, StatementID)
  case `switch`(ExpressionID, StatementID)
  case `case`(ClosedRange<Int64>, StatementID)
  case `default`(StatementID)
  case label(StringID, StatementID)
  case goto(StringID)
  case indirectGoto(ExpressionID)
  case `break`
  case `continue`
  case `return`(ExpressionID?)
  case assembly([StringID])
  case empty
  case unknown
}
