/// Index of an element in one of a unit's arrays; meaningless in another unit.
public struct ID<Element>: Hashable, Sendable, Comparable {
  public let raw: Int32

  public init(_ raw: Int32) { self.raw = raw }
  public init(_ raw: Int) { self.raw = Int32(raw) }

  /// The array index.
  public var index: Int { Int(raw) }

  public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// A string of the unit's string table.
public typealias StringID = ID<String>
/// An expression of a unit.
public typealias ExpressionID = ID<Expression>
/// A statement of a unit.
public typealias StatementID = ID<Statement>
/// A variable, parameter or global of a unit.
public typealias VariableID = ID<Variable>
/// A function that has a body in a unit.
public typealias FunctionID = ID<Function>
