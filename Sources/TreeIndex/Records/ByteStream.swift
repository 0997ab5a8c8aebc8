internal import CSyntax

/// The meaning stream in one byte a token, for a first comparison without the text.
///
/// Punctuation, keywords and classes keep their own byte; names share 144 of them by hash.
enum ByteStream {
  private static let classes: UInt32 = 96
  private static let names: UInt32 = 112

  static func byte(_ meaning: UInt32) -> UInt8 {
    if meaning < 0x100 { return UInt8(min(meaning, classes - 1)) }
    if meaning < 0x8000_0000 { return UInt8(classes + meaning & 0xF) }
    return UInt8(names + (meaning & 0x7FFF_FFFF) % (256 - names))
  }
}
