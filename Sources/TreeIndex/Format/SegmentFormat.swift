/// Numbers that every segment file shares.
enum SegmentFormat {
  /// Raised with every change of the layout or of what is put into a column.
  static let version: UInt32 = 3
  static let magic: [UInt8] = Array("lockstep tree index\n".utf8) + [0, 0, 0, 0]
  /// Bytes at the end of the file that say where the trailer is.
  static let footerLength = 48
  /// Each run of this many bytes has a checksum of its own.
  static let blockLength = 16384

  /// Bytes of one element of the columns of fixed width.
  enum Width {
    static let file = 36
    static let folder = 28
    static let term = 24
    static let function = 32
    static let member = 20
    static let frequency = 8
  }

  /// Names that fewer files mention have no row of their own.
  static let smallestFrequency = 3

  /// Grams in more functions than this are idiom and left out.
  static let gramLimit = 512
}
