/// The word that a file's own names begin with, such as `fuse` in `fuse_dio_lock`.
///
/// Copies into another subsystem change it everywhere; without it the copies' names are the same.
public struct NamePrefix: Sendable, Equatable {
  /// The word in lower case, without the underscore; empty when the names share none.
  public let word: [UInt8]

  /// The most frequent first word of `names`, when at least a third of them begin with it.
  public init(of names: [String]) {
    var counts: [[UInt8]: Int] = [:]
    for name in names {
      let bytes = Array(name.utf8.drop { $0 == UInt8(ascii: "_") })
      guard let end = bytes.firstIndex(of: UInt8(ascii: "_")), end > 1 else { continue }
      counts[bytes[..<end].map(Self.lowered), default: 0] += 1
    }
    let best = counts.max {
      ($0.value, $1.key.count) < ($1.value, $0.key.count)
        || (($0.value, $1.key.count) == ($1.value, $0.key.count)
          && $1.key.lexicographicallyPrecedes($0.key))
    }
    if let best, best.value * 3 >= names.count { word = best.key } else { word = [] }
  }

  /// No prefix.
  public static let none = NamePrefix(of: [])

  static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  /// How many bytes at the start of `name` are the prefix with its underscore; 0 when it is not
  /// there.
  func length(in name: ArraySlice<UInt8>) -> Int {
    guard !word.isEmpty, name.count > word.count + 1,
      name[name.startIndex + word.count] == UInt8(ascii: "_")
    else { return 0 }
    for (known, byte) in zip(word, name) where known != Self.lowered(byte) { return 0 }
    return word.count + 1
  }
}
