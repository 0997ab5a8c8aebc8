/// Reads what `ByteWriter` wrote; stops at the end and never reads beyond it.
struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position: Int
  private let end: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    position = 0
    end = bytes.count
  }

  var isAtEnd: Bool { position >= end }

  /// The next number, or 0 beyond the end.
  mutating func varint() -> UInt32 {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    while position < end {
      let byte = bytes[position]
      position &+= 1
      value |= UInt32(byte & 0x7F) << shift
      if byte < 0x80 || shift > 27 { break }
      shift &+= 7
    }
    return value
  }

  /// The next number of fixed length, or 0 beyond the end.
  mutating func fixed<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
    let size = MemoryLayout<Number>.size
    guard position + size <= end else {
      position = end
      return 0
    }
    defer { position += size }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Number.self))
  }

  /// The next `count` bytes, fewer at the end.
  mutating func take(_ count: Int) -> UnsafeRawBufferPointer {
    let stop = min(end, position + max(0, count))
    defer { position = stop }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<stop])
  }
}
