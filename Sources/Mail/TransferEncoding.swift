/// How the bytes of a part were made fit for mail (RFC 2045).
enum TransferEncoding {
  case plain
  case quotedPrintable
  case base64

  init(_ name: String) {
    switch name.lowercased().filter({ !$0.isWhitespace }) {
    case "quoted-printable": self = .quotedPrintable
    case "base64": self = .base64
    default: self = .plain
    }
  }

  /// The bytes as they were; `isWhole` is false where some were cut off or are none of the code's.
  func decoded(_ bytes: ArraySlice<UInt8>) -> (bytes: [UInt8], isWhole: Bool) {
    switch self {
    case .plain: (Array(bytes), true)
    case .quotedPrintable: Self.quotedPrintable(bytes)
    case .base64: Self.base64(bytes)
    }
  }

  private static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> ([UInt8], Bool) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var isWhole = true
    for line in ByteLines.split(bytes) {
      var content = ByteLines.content(line)
      let end = line[content.endIndex...]
      // Blanks at the end of a line were added on the way.
      while content.last == 0x20 || content.last == 0x09 { content.removeLast() }
      let isSoft = content.last == UInt8(ascii: "=")
      if isSoft { content.removeLast() }
      while let byte = content.popFirst() {
        guard byte == UInt8(ascii: "=") else {
          output.append(byte)
          continue
        }
        let digits = content.prefix(2).compactMap(hexadecimal)
        if digits.count == 2 {
          output.append(digits[0] << 4 | digits[1])
          content = content.dropFirst(2)
        } else {
          output.append(byte)
          isWhole = false
        }
      }
      if !isSoft { output += end }
    }
    return (output, isWhole)
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// Four letters make three bytes; whatever else stands between them is passed over.
  private static func base64(_ bytes: ArraySlice<UInt8>) -> ([UInt8], Bool) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    var isWhole = true
    var padding = 0
    for byte in bytes {
      if let value = sextet(byte) {
        // What follows the padding begins anew, as where programs encode piece by piece.
        if padding > 0 {
          isWhole = isWhole && (count == 0)
          (bits, count, padding) = (0, 0, 0)
        }
        bits = bits << 6 | UInt32(value)
        count += 1
        if count == 4 {
          output += [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)]
          (bits, count) = (0, 0)
        }
      } else if byte == UInt8(ascii: "=") {
        padding += 1
        if count + padding == 4, count > 1 {
          output += head(of: bits, letters: count)
          (bits, count) = (0, 0)
        }
      } else if byte > 0x20 {
        isWhole = false
      }
    }
    if count > 0 {
      // Cut off: what is there of the last letters.
      output += head(of: bits, letters: count)
      isWhole = false
    }
    return (output, isWhole)
  }

  /// The whole bytes that two or three letters make.
  private static func head(of bits: UInt32, letters: Int) -> [UInt8] {
    let padded = bits << UInt32(6 * (4 - letters))
    return [UInt8((padded >> 16) & 255), UInt8((padded >> 8) & 255)].prefix(letters - 1).map { $0 }
  }

  private static func sextet(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5a: byte - 0x41
    case 0x61...0x7a: byte - 0x61 + 26
    case 0x30...0x39: byte - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
