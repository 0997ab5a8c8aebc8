/// A preprocessor line.
public struct Directive: Sendable, Equatable {
  /// What kind of line it is.
  public enum Kind: Sendable {
    case `if`, elif, `else`, endif
    case define, undef, include
    case other
  }

  public var kind: Kind
  /// Its tokens, the `#` included.
  public var tokens: Range<Int>
  public var line: Int
  /// Number of the condition that holds after this line, in `DirectiveMap.conditions`, or −1.
  public var condition: Int32 = -1
  /// Number of the `#if` that this `#elif`, `#else` or `#endif` belongs to; its own for `#if`.
  public var opener: Int32 = -1
  /// Number of the next `#elif`, `#else` or `#endif` of the same `#if`, or −1.
  public var next: Int32 = -1
  /// True for the branch that `#if 0` takes out of every build.
  public var isDead = false
}

/// A condition under which a piece of a file is compiled, inside another one.
public struct Condition: Sendable, Equatable {
  /// Number of the condition around it, or −1.
  public var parent: Int32
  /// What must be true, as C's preprocessor spells it.
  public var text: String
}
