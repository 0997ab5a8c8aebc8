/// Finds C's reserved words by their hash.
struct KeywordTable: Sendable {
  private static let slotBits: UInt32 = 9
  /// Number in `words` plus 1, or 0; open addressing.
  private var slots = [UInt8](repeating: 0, count: 1 << KeywordTable.slotBits)
  private var words: [(hash: UInt32, bytes: [UInt8], kind: TokenKind)] = []

  static let shared = KeywordTable()

  init() {
    for (word, kind) in TokenKind.keywords {
      let bytes = Array(word.utf8)
      words.append((FNV.hash(bytes), bytes, kind))
      var slot = Self.slot(words[words.count - 1].hash)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt8(words.count)
    }
  }

  private static func slot(_ hash: UInt32) -> Int { Int((hash &* 0x9E37_79B1) >> (32 - slotBits)) }

  /// The reserved word of these bytes, or `.identifier`.
  func kind(hash: UInt32, bytes: UnsafeBufferPointer<UInt8>.SubSequence) -> TokenKind {
    var slot = Self.slot(hash)
    while slots[slot] != 0 {
      let word = words[Int(slots[slot]) - 1]
      if word.hash == hash, word.bytes.elementsEqual(bytes) { return word.kind }
      slot = (slot + 1) & (slots.count - 1)
    }
    return .identifier
  }
}

/// The hash function of Fowler, Noll and Vo, variant 1a, 32 bits.
public enum FNV {
  public static let start: UInt32 = 0x811C_9DC5
  public static let prime: UInt32 = 0x0100_0193

  /// The hash of `bytes`.
  public static func hash(_ bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.reduce(start) { ($0 ^ UInt32($1)) &* prime }
  }
}
