/// A name for a finding that survives moved lines, renamed files and unrelated edits.
///
/// Built from the finding's type, the function and the normalised words that make it what it is
/// (never a line number or a path): 16 hexadecimal digits of an FNV-1a hash over them.
public struct Fingerprint: Sendable, Hashable {
  public let text: String

  /// - Parameter parts: the words, in a fixed order; their order counts.
  public init(_ type: FindingType, _ parts: [String]) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for part in [type.rawValue] + parts {
      part.utf8.forEach(mix)
      mix(0)
    }
    let digits = String(hash, radix: 16)
    text = String(repeating: "0", count: 16 - digits.count) + digits
  }
}
