internal import Glibc

/// Texts in any of the character sets that iconv knows.
enum Charset {
  /// The bytes in UTF-8; nil when the set is unknown or the bytes are none of its texts.
  static func utf8(_ bytes: [UInt8], from charset: String) -> [UInt8]? {
    let name = charset.lowercased()
    if ["", "utf-8", "utf8", "us-ascii", "ascii"].contains(name) {
      return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
    }
    // A name is all that iconv gets; suffixes such as //TRANSLIT would change the text.
    guard name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "/") }) else {
      return nil
    }
    let converter = iconv_open("UTF-8", name)
    guard let converter, converter != UnsafeMutableRawPointer(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    return convert(bytes, with: converter)
  }

  /// Text as far as it can be told: in its set, else UTF-8, else Latin-1.
  static func text(_ bytes: [UInt8], from charset: String) -> String {
    if let converted = utf8(bytes, from: charset) {
      return String(decoding: converted, as: UTF8.self)
    }
    return String(validating: bytes, as: UTF8.self)
      ?? String(decoding: bytes.map { UInt16($0) }, as: UTF16.self)
  }

  private static func convert(_ bytes: [UInt8], with converter: iconv_t) -> [UInt8]? {
    // No character grows beyond four bytes of UTF-8 for each byte that it had.
    var output = [UInt8](repeating: 0, count: bytes.count * 4 + 16)
    var input = bytes.map { CChar(bitPattern: $0) }
    var inputLeft = input.count
    let capacity = output.count
    var outputLeft = capacity
    let code = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBytes { output in
        var from = input.baseAddress
        var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        return iconv(converter, &from, &inputLeft, &to, &outputLeft)
      }
    }
    guard code != -1, inputLeft == 0 else { return nil }
    return Array(output[..<(capacity - outputLeft)])
  }
}
