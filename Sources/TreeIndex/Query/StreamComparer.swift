/// Counts what a stream has in common, in order, with others.
///
/// Bit-parallel longest common subsequence: Hyyrö 2004, O(n·m/64).
struct StreamComparer {
  private let words: Int
  /// For each byte value where it stands in the stream.
  private let positions: [UInt64]
  private let length: Int

  init(_ stream: [UInt8]) {
    length = stream.count
    words = (stream.count + 63) / 64
    var positions = [UInt64](repeating: 0, count: 256 * words)
    for (index, byte) in stream.enumerated() {
      positions[Int(byte) * words + index >> 6] |= 1 << UInt64(index & 63)
    }
    self.positions = positions
  }

  /// Length of the longest common subsequence with `other`.
  func common(with other: UnsafeRawBufferPointer) -> Int {
    var row = [UInt64](repeating: ~0, count: words)
    row.withUnsafeMutableBufferPointer { row in
      positions.withUnsafeBufferPointer { positions in
        for byte in other {
          let start = Int(byte) * words
          var carry: UInt64 = 0
          for word in 0..<words {
            let v = row[word]
            let u = v & positions[start + word]
            let (partial, first) = v.addingReportingOverflow(u)
            let (sum, second) = partial.addingReportingOverflow(carry)
            carry = first || second ? 1 : 0
            row[word] = sum | (v & ~u)
          }
        }
      }
    }
    var zeros = 0
    for word in 0..<words {
      let isCut = word == words - 1 && length % 64 != 0
      let inside: UInt64 = isCut ? (1 << UInt64(length % 64)) - 1 : ~0
      zeros += (~row[word] & inside).nonzeroBitCount
    }
    return zeros
  }
}
