internal import CLibgit2

/// A git object's SHA-1 name, 20 bytes.
public struct ObjectID: Hashable, Sendable, Comparable, CustomStringConvertible {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// - Parameter bytes: exactly 20 bytes.
  public init(bytes: some Sequence<UInt8>) {
    var high: UInt64 = 0
    var middle: UInt64 = 0
    var low: UInt32 = 0
    var count = 0
    for byte in bytes {
      switch count {
      case 0..<8: high = high << 8 | UInt64(byte)
      case 8..<16: middle = middle << 8 | UInt64(byte)
      default: low = low << 8 | UInt32(byte)
      }
      count += 1
    }
    precondition(count == 20, "an object id has 20 bytes")
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// Copies libgit2's own value; ids are made by the hundred thousand, so without an array between.
  init(_ id: git_oid) {
    var id = id
    (high, middle, low) = withUnsafeBytes(of: &id) { bytes in
      (
        UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
      )
    }
  }

  /// The same value for libgit2.
  var oid: git_oid {
    var id = git_oid()
    withUnsafeMutableBytes(of: &id) { bytes in
      bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
      bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return id
  }

  /// Git's name for a file with these bytes: the key of everything that depends on content alone.
  public static func blob(of bytes: [UInt8]) -> ObjectID { hash(bytes, kind: GIT_OBJECT_BLOB) }

  static func hash(_ bytes: [UInt8], kind: git_object_t) -> ObjectID {
    precondition(Libgit2.isReady, "libgit2 does not start")
    var id = git_oid()
    // Hashing a buffer in memory fails only for kinds that do not exist.
    let code = bytes.withUnsafeBytes { git_odb_hash(&id, $0.baseAddress, $0.count, kind) }
    precondition(code == 0, "hashing failed")
    return ObjectID(id)
  }

  /// An id from 40 hexadecimal digits; nil for anything else.
  public init?(hex: some StringProtocol) {
    guard hex.utf8.count == 40 else { return nil }
    var bytes: [UInt8] = []
    var half: UInt8?
    for digit in hex {
      guard let value = digit.hexDigitValue else { return nil }
      if let first = half {
        bytes.append(first << 4 | UInt8(value))
        half = nil
      } else {
        half = UInt8(value)
      }
    }
    self.init(bytes: bytes)
  }

  /// The 20 bytes.
  public var bytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * UInt64($0))) }
      + (0..<8).map { UInt8(truncatingIfNeeded: middle >> (56 - 8 * UInt64($0))) }
      + (0..<4).map { UInt8(truncatingIfNeeded: low >> (24 - 8 * UInt32($0))) }
  }

  /// 40 hexadecimal digits.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
  }
}
