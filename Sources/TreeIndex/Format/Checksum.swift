/// A 64-bit checksum that finds torn and flipped bits; no protection against intent.
enum Checksum {
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (
      0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, UInt64(bytes.count)
    )
    func word(_ at: Int) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
    var index = 0
    while index + 32 <= bytes.count {
      lanes.0 = step(lanes.0, word(index))
      lanes.1 = step(lanes.1, word(index + 8))
      lanes.2 = step(lanes.2, word(index + 16))
      lanes.3 = step(lanes.3, word(index + 24))
      index += 32
    }
    var result = lanes.0 ^ rotate(lanes.1, 17) ^ rotate(lanes.2, 31) ^ rotate(lanes.3, 47)
    while index < bytes.count {
      result = step(result, UInt64(bytes[index]))
      index += 1
    }
    result ^= result >> 29
    result = result &* 0xBF58_476D_1CE4_E5B9
    return result ^ result >> 32
  }

  @inline(__always)
  private static func step(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ word &* 0xC2B2_AE3D_27D4_EB4F, 31) &* 0x9E37_79B1_85EB_CA87
  }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ by: UInt64) -> UInt64 {
    value << by | value >> (64 - by)
  }
}
