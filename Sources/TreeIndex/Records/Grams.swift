internal import CSyntax

/// N-grams of a function's meaning stream, thinned so that neighbours share them.
///
/// Winnowing: Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for document
/// fingerprinting", SIGMOD 2003. Of `window` grams in a row the smallest is kept, so two functions
/// with a common run of `length + window - 1` tokens share at least one.
enum Grams {
  static let length = 5
  static let window = 6
  /// Functions with fewer tokens have no grams.
  static let smallestFunction = 20

  /// The hashes of all n-grams of `stream`, in order.
  static func all(of stream: [UInt32]) -> [UInt32] {
    guard stream.count >= length else { return [] }
    return (0...stream.count - length).map { start in
      var hash: UInt64 = 0
      for index in start..<start + length {
        hash = (hash ^ UInt64(stream[index])) &* 0x9FB2_1C65_1E98_DF25
        hash ^= hash >> 32
      }
      return UInt32(truncatingIfNeeded: hash ^ hash >> 29)
    }
  }

  /// The kept hashes, sorted, each once.
  static func winnowed(_ stream: [UInt32]) -> [UInt32] {
    guard stream.count >= smallestFunction else { return [] }
    let hashes = all(of: stream)
    var kept: [UInt32] = []
    var last = -1
    var start = 0
    while start == 0 || start + window <= hashes.count {
      let end = min(start + window, hashes.count)
      // The rightmost smallest, as neighbouring windows then agree most often.
      var best = start
      for index in start..<end where hashes[index] <= hashes[best] { best = index }
      if best != last {
        kept.append(hashes[best])
        last = best
      }
      start += 1
    }
    kept.sort()
    var count = 0
    for value in kept where count == 0 || kept[count - 1] != value {
      kept[count] = value
      count += 1
    }
    kept.removeSubrange(count...)
    return kept
  }
}
