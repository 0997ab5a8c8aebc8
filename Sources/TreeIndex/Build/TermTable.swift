/// All names that some file defines, declares or exports, sorted by hash.
///
/// Also those that are only called, for what defines them may come later, or from a macro. Where a
/// segment is a part of a tree, all that it uses: what they are defined by may lie elsewhere.
struct TermTable: Sendable {
  /// Hashes, ascending; the index is the term's number.
  private(set) var hashes: [UInt64] = []
  /// For each term where its definitions begin in `order`, and one end more.
  private(set) var starts: [UInt32] = []
  /// Definitions by term, then by file and line: batch and number in it.
  private(set) var order: [(batch: UInt32, index: UInt32)] = []
  /// For the first bits of a hash the first term with them, and one end more.
  private let buckets: [UInt32]
  private static let bucketBits: UInt64 = 18

  init(_ batches: [Batch], includingUsed: Bool) {
    var keys: [(hash: UInt64, batch: UInt32, index: UInt32)] = []
    keys.reserveCapacity(batches.reduce(0) { $0 + $1.definitions.count })
    for (batch, columns) in batches.enumerated() {
      for (index, definition) in columns.definitions.enumerated() {
        keys.append((definition.hash, UInt32(batch), UInt32(index)))
      }
    }
    keys += Self.used(batches, callsOnly: !includingUsed)
    keys.sort { ($0.hash, $0.batch, $0.index) < ($1.hash, $1.batch, $1.index) }
    order.reserveCapacity(keys.count)
    for key in keys {
      if hashes.last != key.hash {
        hashes.append(key.hash)
        starts.append(UInt32(order.count))
      }
      if key.batch != Self.nowhere { order.append((key.batch, key.index)) }
    }
    starts.append(UInt32(order.count))
    buckets = Self.buckets(hashes)
  }

  /// The batch of a name that is used and not defined.
  private static let nowhere = UInt32.max

  private static func used(_ batches: [Batch], callsOnly: Bool)
    -> [(hash: UInt64, batch: UInt32, index: UInt32)]
  {
    var hashes: Set<UInt64> = []
    for batch in batches {
      batch.forEachUse { _, hash, reader, count in
        guard callsOnly else {
          hashes.insert(hash)
          return
        }
        var reader = reader
        var value: UInt32 = 0
        for _ in 0..<count {
          value += reader.varint()
          if value & 7 == UInt32(UseKind.call.rawValue) {
            hashes.insert(hash)
            return
          }
        }
      }
    }
    return hashes.map { ($0, nowhere, 0) }
  }

  private static func buckets(_ hashes: [UInt64]) -> [UInt32] {
    var buckets = [UInt32](repeating: 0, count: 1 << Int(bucketBits) + 1)
    for hash in hashes { buckets[Int(hash >> (64 - bucketBits)) + 1] += 1 }
    for index in 1..<buckets.count { buckets[index] += buckets[index - 1] }
    return buckets
  }

  var count: Int { hashes.count }

  /// The number of the term with `hash`, or nil.
  func term(_ hash: UInt64) -> Int? {
    let bucket = Int(hash >> (64 - Self.bucketBits))
    var index = Int(buckets[bucket])
    let end = Int(buckets[bucket + 1])
    while index < end {
      if hashes[index] == hash { return index }
      index += 1
    }
    return nil
  }

  /// The definitions of term number `term`.
  func definitions(_ term: Int) -> ArraySlice<(batch: UInt32, index: UInt32)> {
    order[Int(starts[term])..<Int(starts[term + 1])]
  }
}
