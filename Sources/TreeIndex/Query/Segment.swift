internal import GitKit

/// Reads the columns of a segment.
///
/// Every number that comes out of the bytes is checked against the columns before it is used as an
/// index, so even a file that was made up cannot take a reader out of bounds.
struct Segment: Sendable {
  let bytes: SegmentBytes
  let identity: SegmentIdentity
  let fileCount: Int
  let functionCount: Int
  let termCount: Int

  init(_ bytes: SegmentBytes) throws(IndexError) {
    self.bytes = bytes
    var reader = ByteReader(try bytes.bytes(.identity))
    let isWhole = reader.fixed(UInt8.self) == 1
    var ids: [ObjectID?] = []
    for _ in 0..<2 {
      let isThere = reader.fixed(UInt8.self) == 1
      let raw = reader.take(20)
      ids.append(isThere && raw.count == 20 ? ObjectID(bytes: raw) : nil)
    }
    identity = SegmentIdentity(tree: ids[0], base: ids[1], isWhole: isWhole)
    fileCount = bytes.length(.files) / SegmentFormat.Width.file
    functionCount = bytes.length(.functions) / SegmentFormat.Width.function
    termCount = bytes.length(.terms) / SegmentFormat.Width.term
  }

  /// A row of a column of fixed width.
  private func row(_ id: SectionID, _ index: Int, _ width: Int) throws(IndexError) -> ByteReader {
    ByteReader(try bytes.bytes(id, index * width..<(index + 1) * width))
  }

  private func text(_ id: SectionID, _ start: UInt32, _ length: UInt32) throws(IndexError)
    -> String
  {
    String(
      decoding: try bytes.bytes(id, Int(start)..<Int(start) + Int(length)), as: UTF8.self)
  }

  // MARK: Files

  /// A file of the segment.
  struct File: Sendable {
    var path: String
    var id: ObjectID
    var firstFunction: Int
  }

  /// File number `index`.
  func file(_ index: Int) throws(IndexError) -> File {
    var row = try row(.files, index, SegmentFormat.Width.file)
    let path = try text(.paths, row.fixed(UInt32.self), row.fixed(UInt32.self))
    let function = Int(row.fixed(UInt32.self))
    let raw = row.take(20)
    guard raw.count == 20 else { throw .damaged(path: bytes.path, what: "a file is missing") }
    return File(path: path, id: ObjectID(bytes: raw), firstFunction: function)
  }

  /// The number of the file at `path`; O(log n).
  func file(at path: String) throws(IndexError) -> Int? {
    var low = 0
    var high = fileCount
    while low < high {
      let middle = (low + high) / 2
      let found = try file(middle).path
      if found == path { return middle }
      if found.utf8.lexicographicallyPrecedes(path.utf8) { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// Folders with the names of their contents.
  func folders() throws(IndexError) -> [String: ObjectID] {
    let width = SegmentFormat.Width.folder
    var result: [String: ObjectID] = [:]
    for index in 0..<bytes.length(.folders) / width {
      var row = try row(.folders, index, width)
      let path = try text(.paths, row.fixed(UInt32.self), row.fixed(UInt32.self))
      result[path] = ObjectID(bytes: row.take(20))
    }
    return result
  }

  /// Files of the base that are no more.
  func removed() throws(IndexError) -> [String] {
    String(decoding: try bytes.bytes(.removed), as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  // MARK: Functions

  /// A function of the segment.
  struct Function: Sendable {
    var term: Int
    var startLine: Int
    var nameLine: Int
    var endLine: Int
    var stream: Range<Int>
    var gramCount: Int
    var flags: UInt8
  }

  /// Function number `index`.
  func function(_ index: Int) throws(IndexError) -> Function {
    var row = try row(.functions, index, SegmentFormat.Width.function)
    let term = Int(row.fixed(UInt32.self))
    let lines = (0..<3).map { _ in Int(row.fixed(UInt32.self)) }
    let stream = Int(row.fixed(UInt32.self))
    let length = Int(row.fixed(UInt16.self))
    let grams = Int(row.fixed(UInt16.self))
    return Function(
      term: term, startLine: lines[0], nameLine: lines[1], endLine: lines[2],
      stream: stream..<stream + length, gramCount: grams,
      flags: UInt8(truncatingIfNeeded: row.fixed(UInt32.self)))
  }

  private func firstFunction(ofFile file: Int) throws(IndexError) -> Int {
    var row = try row(.files, file, SegmentFormat.Width.file)
    _ = row.fixed(UInt64.self)
    return Int(row.fixed(UInt32.self))
  }

  /// The functions of file number `file`, in the order of their lines.
  func functions(ofFile file: Int) throws(IndexError) -> Range<Int> {
    let start = min(try firstFunction(ofFile: file), functionCount)
    let end = file + 1 < fileCount ? try firstFunction(ofFile: file + 1) : functionCount
    return start..<max(start, min(end, functionCount))
  }

  /// The rows of the functions of file number `file`.
  ///
  /// They stay valid as long as the segment does.
  func functionRows(ofFile file: Int) throws(IndexError) -> FunctionRows {
    let range = try functions(ofFile: file)
    let width = SegmentFormat.Width.function
    return FunctionRows(
      rows: try bytes.bytes(.functions, range.lowerBound * width..<range.upperBound * width))
  }

  /// The file that function number `function` stands in; O(log n).
  func file(ofFunction function: Int) throws(IndexError) -> Int {
    var low = 0
    var high = fileCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if try firstFunction(ofFile: middle) <= function { low = middle } else { high = middle }
    }
    return low
  }

  /// The tokens of a function's body, one byte each.
  func stream(_ function: Function) throws(IndexError) -> UnsafeRawBufferPointer {
    try bytes.bytes(.streams, function.stream)
  }

  /// The terms that function number `index` calls, ascending.
  func callees(ofFunction index: Int) throws(IndexError) -> [Int] {
    func start(_ index: Int) throws(IndexError) -> Int {
      guard index < functionCount else { return bytes.length(.callees) }
      var row = try row(.functions, index, SegmentFormat.Width.function)
      _ = row.take(SegmentFormat.Width.function - 4)
      return Int(row.fixed(UInt32.self))
    }
    let from = try start(index)
    var reader = ByteReader(try bytes.bytes(.callees, from..<max(from, try start(index + 1))))
    var term = 0
    var result: [Int] = []
    while !reader.isAtEnd {
      term += Int(reader.varint())
      if term < termCount { result.append(term) }
    }
    return result
  }

  // MARK: Terms

  /// The number of the term that is spelt `name`; O(log n).
  func term(named name: String) throws(IndexError) -> Int? {
    guard let term = try term(hash: TermHash.hash(name)) else { return nil }
    let spelling = try self.name(ofTerm: term)
    return spelling.isEmpty || spelling == name ? term : nil
  }

  /// The number of the term with `hash`; O(log n).
  func term(hash: UInt64) throws(IndexError) -> Int? {
    let width = SegmentFormat.Width.term
    var low = 0
    var high = termCount
    while low < high {
      let middle = (low + high) / 2
      var row = try row(.terms, middle, width)
      let found = row.fixed(UInt64.self)
      if found == hash { return middle }
      if found < hash { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The hash of term number `index`.
  func hash(ofTerm index: Int) throws(IndexError) -> UInt64 {
    var row = try row(.terms, index, SegmentFormat.Width.term)
    return row.fixed(UInt64.self)
  }

  /// The spelling of term number `index`.
  func name(ofTerm index: Int) throws(IndexError) -> String {
    var row = try row(.terms, index, SegmentFormat.Width.term)
    _ = row.fixed(UInt64.self)
    return try text(.names, row.fixed(UInt32.self), row.fixed(UInt32.self))
  }

  /// Where the lists of term `index` stand in `definitions` and `uses`.
  private func lists(_ index: Int) throws(IndexError) -> (definitions: Range<Int>, uses: Range<Int>)
  {
    func starts(_ index: Int) throws(IndexError) -> (Int, Int) {
      guard index < termCount else { return (bytes.length(.definitions), bytes.length(.uses)) }
      var row = try row(.terms, index, SegmentFormat.Width.term)
      _ = row.take(16)
      return (Int(row.fixed(UInt32.self)), Int(row.fixed(UInt32.self)))
    }
    let from = try starts(index)
    let to = try starts(index + 1)
    return (from.0..<max(from.0, to.0), from.1..<max(from.1, to.1))
  }

  /// A definition of a term.
  struct Definition: Sendable {
    var kind: DefinitionKind
    var file: Int
    var line: Int
    var detail: String
  }

  /// What defines, declares or exports term `index`, by file.
  func definitions(ofTerm index: Int) throws(IndexError) -> [Definition] {
    var reader = ByteReader(try bytes.bytes(.definitions, try lists(index).definitions))
    var result: [Definition] = []
    var file = 0
    while !reader.isAtEnd {
      let head = reader.varint()
      file += Int(head >> 3)
      let line = Int(reader.varint())
      let detail = String(decoding: reader.take(Int(reader.varint())), as: UTF8.self)
      guard let kind = DefinitionKind(rawValue: UInt8(head & 7)) else { continue }
      result.append(Definition(kind: kind, file: file, line: line, detail: detail))
    }
    return result
  }

  /// A use of a term.
  struct Use: Sendable {
    var kind: UseKind
    var file: Int
    var line: Int
  }

  /// Where term `index` is used, by file and line.
  func uses(ofTerm index: Int) throws(IndexError) -> [Use] {
    var reader = ByteReader(try bytes.bytes(.uses, try lists(index).uses))
    var result: [Use] = []
    var file = 0
    var line = 0
    while !reader.isAtEnd {
      let head = reader.varint()
      let step = Int(head >> 3)
      let next = Int(reader.varint())
      line = step == 0 && !result.isEmpty ? line + next : next
      file += step
      guard let kind = UseKind(rawValue: UInt8(head & 7)) else { continue }
      result.append(Use(kind: kind, file: file, line: line))
    }
    return result
  }

  // MARK: Tables of operations

  /// A function in a member of a table.
  struct Operation: Sendable {
    var file: Int
    var line: Int
    var value: String
    var type: String
  }

  /// What is put into members called `member`, by file.
  func operations(ofMember member: String) throws(IndexError) -> [Operation] {
    let width = SegmentFormat.Width.member
    let hash = TermHash.hash(member)
    let count = bytes.length(.members) / width
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      var row = try row(.members, middle, width)
      let found = row.fixed(UInt64.self)
      if found == hash {
        let start = Int(truncatingIfNeeded: row.fixed(UInt64.self))
        var end = bytes.length(.operations)
        if middle + 1 < count {
          var next = try self.row(.members, middle + 1, width)
          _ = next.fixed(UInt64.self)
          end = Int(truncatingIfNeeded: next.fixed(UInt64.self))
        }
        return try operations(start..<max(start, end), member)
      }
      if found < hash { low = middle + 1 } else { high = middle }
    }
    return []
  }

  private func operations(_ range: Range<Int>, _ member: String) throws(IndexError) -> [Operation] {
    var reader = ByteReader(try bytes.bytes(.operations, range))
    guard String(decoding: reader.take(Int(reader.varint())), as: UTF8.self) == member else {
      return []
    }
    var result: [Operation] = []
    while !reader.isAtEnd {
      let file = Int(reader.varint())
      let line = Int(reader.varint())
      let value = String(decoding: reader.take(Int(reader.varint())), as: UTF8.self)
      let type = String(decoding: reader.take(Int(reader.varint())), as: UTF8.self)
      result.append(Operation(file: file, line: line, value: value, type: type))
    }
    return result
  }

  // MARK: Frequencies

  /// How many files mention the name with `hash` in a function; 0 when only a file or two do.
  func frequency(_ hash: UInt32) throws(IndexError) -> Int {
    let width = SegmentFormat.Width.frequency
    var low = 0
    var high = bytes.length(.frequencies) / width
    while low < high {
      let middle = (low + high) / 2
      var row = try row(.frequencies, middle, width)
      let found = row.fixed(UInt32.self)
      if found == hash { return Int(row.fixed(UInt32.self)) }
      if found < hash { low = middle + 1 } else { high = middle }
    }
    return 0
  }

  // MARK: Grams

  /// The functions that have `gram`, ascending; empty when none has it, or too many.
  func functions(withGram gram: UInt32) throws(IndexError) -> [UInt32] {
    let bucket = Int(gram >> 16)
    var row = try row(.gramBuckets, bucket, 4)
    let start = Int(row.fixed(UInt32.self))
    var next = try self.row(.gramBuckets, bucket + 1, 4)
    let end = Int(next.fixed(UInt32.self))
    var reader = ByteReader(try bytes.bytes(.grams, start..<max(start, end)))
    var low: UInt32 = 0
    let wanted = gram & 0xFFFF
    while !reader.isAtEnd {
      let head = reader.varint()
      low += head >> 1
      let count = head & 1 == 1 ? reader.varint() : 1
      if low > wanted { break }
      if low < wanted {
        for _ in 0..<count { _ = reader.varint() }
        continue
      }
      var function: UInt32 = 0
      var result: [UInt32] = []
      for _ in 0..<min(count, UInt32(SegmentFormat.gramLimit)) {
        function &+= reader.varint()
        if function < functionCount { result.append(function) }
      }
      return result
    }
    return []
  }
}
