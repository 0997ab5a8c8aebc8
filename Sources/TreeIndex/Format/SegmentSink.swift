/// Where a segment is written to: memory or a file.
protocol SegmentSink {
  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError)
}

/// A segment in memory.
struct MemorySink: SegmentSink {
  var bytes: [UInt8] = []

  mutating func write(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }
}
