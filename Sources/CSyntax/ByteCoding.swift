/// Appends values to bytes that `ByteReader` takes apart again.
///
/// Numbers are little-endian; sequences carry their length; arrays of plain structs are copied as
/// they lie in memory, so that bytes are only good for the same program build.
public struct ByteWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public mutating func write(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  public mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

  public mutating func write(_ text: [UInt8]) {
    write(UInt32(text.count))
    bytes.append(contentsOf: text)
  }

  public mutating func write(_ string: String) {
    var string = string
    string.withUTF8 { text in
      write(UInt32(text.count))
      bytes.append(contentsOf: text)
    }
  }

  public mutating func write(_ strings: [String]) {
    write(UInt32(strings.count))
    for string in strings { write(string) }
  }

  /// - Parameter values: structs without references.
  public mutating func writePlain<T: BitwiseCopyable>(_ values: [T]) {
    write(UInt32(values.count))
    values.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }
}

/// Bytes that are not what `ByteWriter` wrote.
public struct ByteError: Error, CustomStringConvertible {
  public let offset: Int
  public var description: String { "unreadable at byte \(offset)" }
}

/// Takes apart what `ByteWriter` put together; never reads past the end.
public struct ByteReader: Sendable {
  private let bytes: [UInt8]
  private var offset = 0

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// True when everything has been read.
  public var isAtEnd: Bool { offset == bytes.count }

  private mutating func take(_ count: Int) throws(ByteError) -> Range<Int> {
    guard count >= 0, count <= bytes.count - offset else { throw ByteError(offset: offset) }
    defer { offset += count }
    return offset..<offset + count
  }

  public mutating func read<T: FixedWidthInteger>(_ type: T.Type) throws(ByteError) -> T {
    let range = try take(MemoryLayout<T>.size)
    return bytes.withUnsafeBytes {
      T(littleEndian: $0.loadUnaligned(fromByteOffset: range.lowerBound, as: T.self))
    }
  }

  public mutating func readBool() throws(ByteError) -> Bool { try read(UInt8.self) != 0 }

  public mutating func readCount() throws(ByteError) -> Int { Int(try read(UInt32.self)) }

  public mutating func readBytes() throws(ByteError) -> [UInt8] {
    Array(bytes[try take(try readCount())])
  }

  public mutating func readString() throws(ByteError) -> String {
    String(decoding: bytes[try take(try readCount())], as: UTF8.self)
  }

  public mutating func readStrings() throws(ByteError) -> [String] {
    var strings: [String] = []
    for _ in 0..<(try readCount()) { strings.append(try readString()) }
    return strings
  }

  /// The array that `writePlain` wrote.
  public mutating func readPlain<T: BitwiseCopyable>(_ type: T.Type) throws(ByteError) -> [T] {
    let count = try readCount()
    let size = count.multipliedReportingOverflow(by: MemoryLayout<T>.stride)
    guard !size.overflow else { throw ByteError(offset: offset) }
    let range = try take(size.partialValue)
    return [T](unsafeUninitializedCapacity: count) { buffer, initialized in
      bytes.withUnsafeBytes { source in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[range]))
      }
      initialized = count
    }
  }
}
