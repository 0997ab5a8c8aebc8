/// Writes sections one after the other, then the trailer: section table and block checksums.
struct SegmentWriter<Sink: SegmentSink> {
  private(set) var sink: Sink
  private var offset = 0
  private var block: [UInt8] = []
  private var checksums: [UInt64] = []
  private var table: [(id: SectionID, offset: Int, length: Int)] = []

  init(_ sink: Sink) throws(IndexError) {
    self.sink = sink
    block.reserveCapacity(SegmentFormat.blockLength)
    try append(SegmentFormat.magic)
  }

  /// Begins a section; it ends where the next one begins.
  mutating func begin(_ id: SectionID) throws(IndexError) {
    let padding = (8 - offset % 8) % 8
    // Padding belongs to no section.
    table.append((id, offset, 0))
    if padding > 0 { try append([UInt8](repeating: 0, count: padding)) }
    table.removeLast()
    table.append((id, offset, 0))
  }

  /// Appends to the section that was begun last.
  mutating func append(_ bytes: [UInt8]) throws(IndexError) {
    let error: IndexError? = bytes.withUnsafeBytes { raw in
      do throws(IndexError) {
        try append(raw)
        return nil
      } catch {
        return error
      }
    }
    if let error { throw error }
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    try sink.write(bytes)
    offset += bytes.count
    if let last = table.indices.last { table[last].length += bytes.count }
    var start = 0
    while start < bytes.count {
      let count = min(SegmentFormat.blockLength - block.count, bytes.count - start)
      block.append(contentsOf: bytes[start..<start + count])
      start += count
      if block.count == SegmentFormat.blockLength { closeBlock() }
    }
  }

  private mutating func closeBlock() {
    checksums.append(block.withUnsafeBytes(Checksum.of))
    block.removeAll(keepingCapacity: true)
  }

  /// Writes a whole section.
  mutating func section(_ id: SectionID, _ bytes: [UInt8]) throws(IndexError) {
    try begin(id)
    try append(bytes)
  }

  /// Writes the trailer and the footer; nothing may follow.
  mutating func finish() throws(IndexError) {
    let body = offset
    if !block.isEmpty { closeBlock() }
    var trailer = ByteWriter()
    trailer.append(UInt32(table.count))
    trailer.append(UInt32(checksums.count))
    for entry in table {
      trailer.append(UInt64(entry.id.rawValue))
      trailer.append(UInt64(entry.offset))
      trailer.append(UInt64(entry.length))
    }
    for checksum in checksums { trailer.append(checksum) }
    var footer = ByteWriter()
    footer.append(UInt64(body))
    footer.append(UInt64(trailer.count))
    footer.append(trailer.bytes.withUnsafeBytes(Checksum.of))
    footer.append(SegmentFormat.version)
    footer.append(UInt32(0))
    footer.append(UInt64(body + trailer.count + SegmentFormat.footerLength))
    footer.append(footer.bytes.withUnsafeBytes(Checksum.of))
    try append(trailer.bytes + footer.bytes)
  }
}
