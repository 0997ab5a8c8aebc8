/// One token of a function's normal form.
public struct FormToken: Sendable, Equatable {
  /// What the token is for the function.
  public enum Role: UInt8, Sendable {
    /// A keyword or punctuator.
    case word
    /// A name that is called.
    case callee
    /// A name after `.` or `->`.
    case field
    /// A parameter or local variable; `slot` numbers it.
    case local
    /// A label, where it stands or where `goto` names it; `slot` numbers it.
    case label
    /// Any other name: type, macro, constant, global.
    case name
    case number
    case string
    case character

    /// True for names that mean something outside the function.
    public var isName: Bool { self == .callee || self == .field || self == .name }
  }

  public var role: Role
  /// Number of the local or label in order of first use; 0 for the rest.
  public var slot: UInt16
  /// Index of the token in the file's `SourceTokens`.
  public var token: Int32
  /// The spelling: kind for keywords and punctuators, else a hash of the bytes.
  public var exact: UInt32
  /// The meaning: callees, fields, types and other names are kept, locals and labels are one
  /// class each, numbers are `0`, `1` or any other, strings are one class.
  public var meaning: UInt32
  /// The shape: every name is the same, every literal of a kind is the same.
  public var shape: UInt8
}

extension FormToken {
  /// Set in every `exact` and `meaning` that comes from a hash of bytes.
  static let hashed: UInt32 = 0x8000_0000

  /// Values of `meaning` that are neither a `TokenKind` nor hashed.
  enum Class {
    static let local: UInt32 = 0x100
    static let label: UInt32 = 0x101
    static let zero: UInt32 = 0x102
    static let one: UInt32 = 0x103
    static let number: UInt32 = 0x104
    static let string: UInt32 = 0x105
    static let character: UInt32 = 0x106
  }
}
