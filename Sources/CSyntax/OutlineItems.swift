/// A function with a body.
public struct FunctionItem: Sendable, Equatable {
  public var name: String
  public var nameToken: Int
  /// Tokens from the first of the definition to the one before `{`.
  public var head: Range<Int>
  /// Tokens between the parentheses of the parameter list.
  public var parameters: Range<Int>
  /// Tokens between the braces.
  public var body: Range<Int>
  /// Line of the first token, of the name, and of the closing brace.
  public var startLine: Int
  public var nameLine: Int
  public var endLine: Int
  public var isStatic: Bool
  public var isInline: Bool
  /// The return type without linkage and attributes; empty for functions that a macro makes.
  public var returnType: String
  /// Attributes and section marks, such as `__init`, `__must_check` and `__printf(1, 2)`.
  public var attributes: [String]
  /// The macro that makes it, such as `SYSCALL_DEFINE3`; nil for ordinary functions.
  public var maker: String?
  /// Number of its condition, for `Outline.conditionStack`.
  public var condition: Int32
}

/// A declaration of a function without a body.
public struct PrototypeItem: Sendable, Equatable {
  public var name: String
  /// Tokens of the whole declaration, without the `;`.
  public var tokens: Range<Int>
  public var parameters: Range<Int>
  public var line: Int
  public var isStatic: Bool
  public var isExtern: Bool
  public var returnType: String
  public var attributes: [String]
  public var condition: Int32
}

/// A variable at file scope, defined or declared.
public struct VariableItem: Sendable, Equatable {
  public var name: String
  /// Tokens of the whole declaration, without the `;`.
  public var tokens: Range<Int>
  public var line: Int
  public var isStatic: Bool
  public var isExtern: Bool
  public var hasInitializer: Bool
  /// The macro that defines it, such as `DEFINE_MUTEX`; nil for ordinary variables.
  public var maker: String?
  public var condition: Int32
}

/// A named struct, union, enum or typedef.
public struct TypeItem: Sendable, Equatable {
  public enum Kind: Sendable { case `struct`, union, `enum`, typedef }
  public var kind: Kind
  public var name: String
  public var line: Int
  public var condition: Int32
}

/// A `#define`.
public struct MacroItem: Sendable, Equatable {
  public var name: String
  /// Names of the parameters; nil for a macro without parentheses.
  public var parameters: [String]?
  /// Tokens of the replacement.
  public var body: Range<Int>
  public var line: Int
  public var condition: Int32
}

/// A macro call at file scope.
public struct MacroCall: Sendable, Equatable {
  public var name: String
  /// The spellings of the arguments; nested commas do not separate.
  public var arguments: [String]
  public var line: Int
  public var isStatic: Bool
  public var condition: Int32

  /// True for `EXPORT_SYMBOL` and its relatives.
  public var isExport: Bool { name.contains("EXPORT_") && !arguments.isEmpty }
}

/// A function put into a member of a table: `.read_iter = fuse_file_read_iter`.
public struct OperationItem: Sendable, Equatable {
  public var member: String
  /// The name that is put there; whether it is a function is for the reader to find.
  public var value: String
  /// Struct of the table, such as `file_operations`, and its variable; empty when unknown.
  public var type: String
  public var variable: String
  public var line: Int
}

/// An `#include`.
public struct IncludeItem: Sendable, Equatable {
  public var path: String
  /// True for `<…>`.
  public var isSystem: Bool
  public var line: Int
  public var condition: Int32
}
