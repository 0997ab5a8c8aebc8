/// For each function, the names that it calls.
///
/// A list of term numbers in ascending order, each as a step from the last.
struct CalleeColumn: Sendable {
  private(set) var data = ByteWriter()
  /// Where each function's list begins, and one end more.
  private(set) var offsets: [UInt32] = []

  init(_ batches: [Batch], _ terms: TermTable) {
    for batch in batches { append(Self.calls(of: batch, terms), functions: batch.functions.count) }
    offsets.append(UInt32(data.count))
  }

  /// Number of a function in the batch × 2³² + term, sorted.
  private static func calls(of batch: Batch, _ terms: TermTable) -> [UInt64] {
    let starts = batch.functionStarts
    var calls: [UInt64] = []
    batch.forEachUse { file, hash, reader, count in
      let own = starts[Int(file) - batch.firstFile]..<starts[Int(file) - batch.firstFile + 1]
      guard !own.isEmpty, let term = terms.term(hash) else { return }
      var reader = reader
      var value: UInt32 = 0
      for _ in 0..<count {
        value += reader.varint()
        guard value & 7 == UInt32(UseKind.call.rawValue),
          let function = batch.function(around: value >> 3, in: own)
        else { continue }
        let call = UInt64(function) << 32 | UInt64(term)
        if calls.last != call { calls.append(call) }
      }
    }
    calls.sort()
    return calls
  }

  private mutating func append(_ calls: [UInt64], functions: Int) {
    var index = 0
    for function in 0..<functions {
      offsets.append(UInt32(data.count))
      var last: UInt32 = 0
      var isFirst = true
      while index < calls.count, calls[index] >> 32 == UInt64(function) {
        let term = UInt32(truncatingIfNeeded: calls[index])
        if isFirst || term != last { data.append(varint: term - last) }
        last = term
        isFirst = false
        index += 1
      }
    }
  }
}

extension Batch {
  /// For each file the number in the batch of its first function, and one end more.
  fileprivate var functionStarts: [Int] {
    files.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int($1.functionCount)) }
  }

  /// The function among `range` that `line` stands in; O(log n).
  fileprivate func function(around line: UInt32, in range: Range<Int>) -> Int? {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if functions[middle].startLine <= line { low = middle + 1 } else { high = middle }
    }
    guard low > range.lowerBound, functions[low - 1].endLine >= line else { return nil }
    return low - 1
  }
}
