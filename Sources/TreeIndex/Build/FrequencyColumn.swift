/// How many files mention a name in a function: hash and number, sorted by hash.
///
/// Names that only a file or two mention are left out, for they are most of all names.
struct FrequencyColumn: Sendable {
  private(set) var data = ByteWriter()

  init(_ batches: [Batch]) {
    var all: [UInt32] = []
    all.reserveCapacity(batches.reduce(0) { $0 + $1.mentions.count })
    for batch in batches { all += batch.mentions }
    all.sort()
    var start = 0
    while start < all.count {
      var end = start + 1
      while end < all.count, all[end] == all[start] { end += 1 }
      if end - start >= SegmentFormat.smallestFrequency {
        data.append(all[start])
        data.append(UInt32(end - start))
      }
      start = end
    }
  }
}
