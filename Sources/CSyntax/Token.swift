/// One token of unpreprocessed C: what it is and which bytes it covers.
///
/// 20 bytes; the text stays in the file's bytes.
public struct Token: Sendable, Equatable {
  /// Offset of the first byte.
  public var start: UInt32
  /// Length in bytes.
  public var length: UInt32
  /// Line of the first byte, from 1.
  public var line: Int32
  /// FNV-1a hash of the bytes, for identifiers, keywords and numbers; 0 for the rest.
  public var hash: UInt32
  public var kind: TokenKind
  /// True for the `#` that begins a preprocessor directive and all that belongs to it.
  public var isDirective: Bool

  /// The bytes that the token covers.
  public var range: Range<Int> { Int(start)..<Int(start) + Int(length) }

  public init(
    kind: TokenKind, start: UInt32, length: UInt32, line: Int32, hash: UInt32 = 0,
    isDirective: Bool = false
  ) {
    self.start = start
    self.length = length
    self.line = line
    self.hash = hash
    self.kind = kind
    self.isDirective = isDirective
  }
}
