/// For each term, where it is used.
///
/// A list of files in order: step from the last file × 8 + kind, then the line; the line is a step
/// from the last one where the file's step is 0.
struct UseColumn: Sendable {
  private(set) var data = ByteWriter()
  /// Where each term's list begins, and one end more.
  private(set) var offsets: [UInt32] = []

  init(_ batches: [Batch], _ terms: TermTable) {
    var starts = [UInt32](repeating: 0, count: terms.count + 1)
    Self.forEach(batches, terms) { term, _, _, count in starts[term + 1] += UInt32(count) }
    for index in 1..<max(1, starts.count) { starts[index] += starts[index - 1] }
    let total = Int(starts.last ?? 0)
    var next = starts
    // File, line and kind in one number: batches come in the order of files, so each list is
    // filled in order.
    let entries = [UInt64](unsafeUninitializedCapacity: total) { buffer, filled in
      Self.forEach(batches, terms) { term, file, lines, count in
        var reader = lines
        var last: UInt32 = 0
        for _ in 0..<count {
          last += reader.varint()
          buffer[Int(next[term])] = UInt64(file) << 32 | UInt64(last)
          next[term] += 1
        }
      }
      filled = total
    }
    offsets.reserveCapacity(terms.count + 1)
    for term in 0..<terms.count {
      offsets.append(UInt32(data.count))
      encode(entries[Int(starts[term])..<Int(starts[term + 1])])
    }
    offsets.append(UInt32(data.count))
  }

  private mutating func encode(_ entries: ArraySlice<UInt64>) {
    var file: UInt32 = 0
    var line: UInt32 = 0
    var isFirst = true
    for entry in entries {
      let entryFile = UInt32(entry >> 32)
      let entryLine = UInt32(truncatingIfNeeded: entry) >> 3
      let kind = UInt32(truncatingIfNeeded: entry) & 7
      let step = entryFile - file
      data.append(varint: step << 3 | kind)
      data.append(varint: step == 0 && !isFirst ? entryLine - line : entryLine)
      file = entryFile
      line = entryLine
      isFirst = false
    }
  }

  /// Calls `body` with each term that a file uses, the file, a reader at its lines, and how many.
  private static func forEach(
    _ batches: [Batch], _ terms: TermTable, _ body: (Int, UInt32, ByteReader, Int) -> Void
  ) {
    for batch in batches {
      batch.forEachUse { file, hash, reader, count in
        if let term = terms.term(hash) { body(term, file, reader, count) }
      }
    }
  }
}
