/// Takes names apart at their underscores.
enum NameWords {
  /// The words of `name` in lower case; leading and doubled underscores give none.
  static func split(_ name: ArraySlice<UInt8>) -> [[UInt8]] {
    name.split(separator: UInt8(ascii: "_")).map { $0.map(lowered) }
  }

  static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}
