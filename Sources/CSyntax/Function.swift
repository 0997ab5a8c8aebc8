/// A function with a body.
public struct Function: Sendable, Equatable {
  public var name: StringID
  /// Path of the file that holds the body; the unit's own, or a header's.
  public var file: StringID
  public var isStatic: Bool
  public var isInline: Bool
  public var returns: Expression.ValueType
  public var parameters: [VariableID]
  public var body: StatementID
  /// The indices of its statements and expressions, which lie side by side in the unit.
  public var statements: Range<Int>
  public var expressions: Range<Int>
  /// The first character of the definition and the closing brace.
  public var start: Place
  public var end: Place
  /// Why the body is not to be believed: the first error diagnostic inside it; nil when sound.
  public var distrust: String?
  /// What sparse's annotations around the declarator say.
  ///
  /// For example `__acquires(&x->lock)`; the compiler sees none of them.
  public var annotations: [String]

  public init(
    name: StringID, file: StringID, isStatic: Bool, isInline: Bool,
    returns: Expression.ValueType, parameters: [VariableID], body: StatementID,
    statements: Range<Int>, expressions: Range<Int>, start: Place, end: Place,
    distrust: String? = nil, annotations: [String] = []
  ) {
    self.name = name
    self.file = file
    self.isStatic = isStatic
    self.isInline = isInline
    self.returns = returns
    self.parameters = parameters
    self.body = body
    self.statements = statements
    self.expressions = expressions
    self.start = start
    self.end = end
    self.distrust = distrust
    self.annotations = annotations
  }
}
