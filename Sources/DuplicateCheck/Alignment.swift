/// A longest common subsequence of two streams, with the pairs that it consists of.
///
/// Bit-parallel: Hyyrö, "Bit-Parallel LCS-length Computation Revisited", 2004; the rows are kept
/// for the way back. O(n·m/64) time and space for streams of n and m tokens.
struct Alignment: Sendable {
  /// For each token of the first stream the number of its partner in the second, or −1.
  let partners: [Int32]
  /// How many tokens have one.
  let count: Int

  init(_ a: [UInt32], _ b: [UInt32]) {
    let words = (b.count + 63) / 64
    guard words > 0, !a.isEmpty else {
      partners = [Int32](repeating: -1, count: a.count)
      count = 0
      return
    }
    let positions = Self.positions(b, words)
    let rows = Self.rows(a, positions, words)
    (partners, count) = Self.traceBack(a.count, b.count, rows, words)
  }

  /// For each value of `b`, a bit set of where it stands.
  private static func positions(_ b: [UInt32], _ words: Int) -> [UInt32: [UInt64]] {
    var result: [UInt32: [UInt64]] = [:]
    for (index, value) in b.enumerated() {
      result[value, default: [UInt64](repeating: 0, count: words)][index >> 6] |=
        1
        << UInt64(index & 63)
    }
    return result
  }

  private static func rows(_ a: [UInt32], _ positions: [UInt32: [UInt64]], _ words: Int)
    -> [UInt64]
  {
    var rows = [UInt64](repeating: ~0, count: (a.count + 1) * words)
    for (index, value) in a.enumerated() {
      let from = index * words
      let to = from + words
      guard let mask = positions[value] else {
        for word in 0..<words { rows[to + word] = rows[from + word] }
        continue
      }
      var carry: UInt64 = 0
      for word in 0..<words {
        let v = rows[from + word]
        let u = v & mask[word]
        let (partial, first) = v.addingReportingOverflow(u)
        let (sum, second) = partial.addingReportingOverflow(carry)
        carry = first || second ? 1 : 0
        rows[to + word] = sum | (v & ~mask[word])
      }
    }
    return rows
  }

  private static func traceBack(_ n: Int, _ m: Int, _ rows: [UInt64], _ words: Int)
    -> ([Int32], Int)
  {
    var partners = [Int32](repeating: -1, count: n)
    var count = 0
    var (row, column) = (n, m)
    func isSet(_ row: Int, _ column: Int) -> Bool {
      rows[row * words + column >> 6] >> UInt64(column & 63) & 1 == 1
    }
    while row > 0, column > 0 {
      if isSet(row, column - 1) {
        column -= 1
      } else {
        row -= 1
        if isSet(row, column - 1) {
          column -= 1
          partners[row] = Int32(column)
          count += 1
        }
      }
    }
    return (partners, count)
  }
}
