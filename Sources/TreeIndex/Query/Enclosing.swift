/// Finds the functions around lines that come in order of file and line.
struct Enclosing {
  private let segment: Segment
  private var file = -1
  private var path = ""
  private var functions = FunctionRows(rows: UnsafeRawBufferPointer(start: nil, count: 0))
  /// The names of functions that were found so far, by term.
  private var names: [Int: String] = [:]

  init(_ segment: Segment) { self.segment = segment }

  /// The path of file number `file`, and the function around its line `line`.
  mutating func place(file: Int, line: Int) throws(IndexError) -> (path: String, function: String?)
  {
    if file != self.file {
      self.file = file
      path = try segment.file(file).path
      functions = try segment.functionRows(ofFile: file)
    }
    guard let last = functions.last(startingBy: line), functions.endLine(last) >= line else {
      return (path, nil)
    }
    let term = functions.term(last)
    if let known = names[term] { return (path, known) }
    let name = try segment.name(ofTerm: term)
    names[term] = name
    return (path, name)
  }
}

/// The rows of the functions of one file, as they lie in the segment.
struct FunctionRows {
  private let rows: UnsafeRawBufferPointer
  let count: Int

  init(rows: UnsafeRawBufferPointer) {
    self.rows = rows
    count = rows.count / SegmentFormat.Width.function
  }

  private func number(_ index: Int, _ offset: Int) -> Int {
    let at = index * SegmentFormat.Width.function + offset
    return Int(UInt32(littleEndian: rows.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
  }

  func term(_ index: Int) -> Int { number(index, 0) }
  func startLine(_ index: Int) -> Int { number(index, 4) }
  func nameLine(_ index: Int) -> Int { number(index, 8) }
  func endLine(_ index: Int) -> Int { number(index, 12) }

  /// The last function that begins at `line` or before; O(log n).
  func last(startingBy line: Int) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if startLine(middle) <= line { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
