/// For each kept n-gram, the functions that have it.
///
/// Sorted by hash in 65,536 buckets of its upper half. In a bucket each gram is: step of the lower
/// half × 2, + 1 where several functions follow; then their number; then the functions, each as a
/// step from the last.
struct GramColumn: Sendable {
  private(set) var data: [UInt8] = []
  /// Where each bucket begins, and one end more.
  private(set) var buckets: [UInt32] = []

  private static let partitions = 16

  init(_ batches: [Batch]) {
    for partition in 0..<UInt32(Self.partitions) { append(partition, batches) }
    buckets.append(UInt32(data.count))
  }

  /// The grams whose hash begins with `partition`: a sixteenth at a time keeps memory low.
  private mutating func append(_ partition: UInt32, _ batches: [Batch]) {
    var pairs: [UInt64] = []
    var function: UInt64 = 0
    for batch in batches {
      var index = 0
      for item in batch.functions {
        for gram in batch.grams[index..<index + Int(item.gramCount)] where gram >> 28 == partition {
          pairs.append(UInt64(gram) << 32 | function)
        }
        index += Int(item.gramCount)
        function += 1
      }
    }
    pairs.sort()
    encode(pairs, partition)
  }

  private mutating func encode(_ pairs: [UInt64], _ partition: UInt32) {
    var writer = ByteWriter(bytes: data)
    data = []
    var index = 0
    for bucket in partition << 12..<(partition + 1) << 12 {
      buckets.append(UInt32(writer.count))
      var last: UInt32 = 0
      while index < pairs.count, pairs[index] >> 48 == UInt64(bucket) {
        let gram = UInt32(pairs[index] >> 32)
        var end = index + 1
        while end < pairs.count, UInt32(pairs[end] >> 32) == gram { end += 1 }
        if end - index <= SegmentFormat.gramLimit {
          let low = gram & 0xFFFF
          writer.append(varint: (low - last) << 1 | (end - index > 1 ? 1 : 0))
          last = low
          if end - index > 1 { writer.append(varint: UInt32(end - index)) }
          var function: UInt32 = 0
          for pair in pairs[index..<end] {
            let number = UInt32(truncatingIfNeeded: pair)
            writer.append(varint: number - function)
            function = number
          }
        }
        index = end
      }
    }
    data = writer.bytes
  }
}
