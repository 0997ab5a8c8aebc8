/// What a byte can begin, or continue, in C.
enum ByteClass: UInt8, Sendable {
  // The first two may continue a word.
  case letter, digit
  case quote, newline, blank, slash, backslash, other

  /// The class of each byte; what is beyond ASCII counts as a letter.
  static let table: [ByteClass] = (0...255).map { (byte: UInt8) in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xFF:
      .letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case UInt8(ascii: "\""), UInt8(ascii: "'"): .quote
    case UInt8(ascii: "\n"): .newline
    case UInt8(ascii: " "), 0x09, 0x0B, 0x0C, 0x0D: .blank
    case UInt8(ascii: "/"): .slash
    case UInt8(ascii: "\\"): .backslash
    default: .other
    }
  }
}
