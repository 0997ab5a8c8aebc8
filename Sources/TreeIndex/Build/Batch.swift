/// The records of some files in a row, in columns that are as long as they have to be.
struct Batch: Sendable {
  struct File: Sendable {
    var functionCount: UInt32
    /// Where the file's uses end in `uses`.
    var usesEnd: Int
  }

  struct Spelling: Sendable {
    var start: UInt32
    var length: UInt32
  }

  struct Function: Sendable {
    var name: Spelling
    var startLine: UInt32
    var nameLine: UInt32
    var endLine: UInt32
    var streamLength: UInt16
    var gramCount: UInt16
    var flags: UInt8
  }

  struct Definition: Sendable {
    var hash: UInt64
    var name: Spelling
    var detail: Spelling
    /// Number of the file among all.
    var file: UInt32
    var line: UInt32
    var kind: DefinitionKind
  }

  struct Operation: Sendable {
    var member: Spelling
    var value: Spelling
    var type: Spelling
    var file: UInt32
    var line: UInt32
  }

  let firstFile: Int
  private(set) var files: [File] = []
  private(set) var functions: [Function] = []
  private(set) var definitions: [Definition] = []
  private(set) var operations: [Operation] = []
  private(set) var names: [UInt8] = []
  /// For each file its names by hash: hash, how many uses, then the steps of line and kind.
  private(set) var uses: [UInt8] = []
  private(set) var grams: [UInt32] = []
  /// For each file the names that its functions mention, by hash.
  private(set) var mentions: [UInt32] = []
  /// The streams, until they are written.
  private(set) var streams: [UInt8] = []

  /// - Parameter records: One for each file from number `firstFile` on.
  init(firstFile: Int, records: [FileRecord]) {
    self.firstFile = firstFile
    reserve(records)
    for (index, record) in records.enumerated() {
      append(record, file: UInt32(firstFile + index))
    }
    // Growth leaves room for more; there will be no more.
    uses = uses.withUnsafeBufferPointer { Array($0) }
  }

  private mutating func reserve(_ records: [FileRecord]) {
    files.reserveCapacity(records.count)
    functions.reserveCapacity(records.reduce(0) { $0 + $1.functions.count })
    definitions.reserveCapacity(records.reduce(0) { $0 + $1.definitions.count })
    operations.reserveCapacity(records.reduce(0) { $0 + $1.operations.count })
    names.reserveCapacity(records.reduce(0) { $0 + $1.names.count })
    grams.reserveCapacity(records.reduce(0) { $0 + $1.grams.count })
    mentions.reserveCapacity(records.reduce(0) { $0 + $1.mentions.count })
    streams.reserveCapacity(records.reduce(0) { $0 + $1.stream.count })
  }

  private mutating func append(_ record: FileRecord, file: UInt32) {
    let base = UInt32(names.count)
    func spelling(_ range: Range<Int>) -> Spelling {
      Spelling(start: base + UInt32(range.lowerBound), length: UInt32(range.count))
    }
    names.append(contentsOf: record.names)
    for function in record.functions {
      functions.append(
        Function(
          name: spelling(function.name), startLine: function.startLine,
          nameLine: function.nameLine, endLine: function.endLine,
          streamLength: UInt16(function.stream.count), gramCount: UInt16(function.grams.count),
          flags: function.flags))
    }
    for item in record.definitions {
      definitions.append(
        Definition(
          hash: item.hash, name: spelling(item.name), detail: spelling(item.detail), file: file,
          line: item.line, kind: item.kind))
    }
    for item in record.operations {
      operations.append(
        Operation(
          member: spelling(item.member), value: spelling(item.value), type: spelling(item.type),
          file: file, line: item.line))
    }
    grams.append(contentsOf: record.grams)
    mentions.append(contentsOf: record.mentions)
    streams.append(contentsOf: record.stream)
    append(record.uses)
    files.append(File(functionCount: UInt32(record.functions.count), usesEnd: uses.count))
  }

  private mutating func append(_ list: [FileRecord.Use]) {
    var writer = ByteWriter(bytes: uses)
    uses = []
    var start = 0
    while start < list.count {
      var end = start + 1
      while end < list.count, list[end].hash == list[start].hash { end += 1 }
      writer.append(list[start].hash)
      writer.append(varint: UInt32(end - start))
      var last: UInt32 = 0
      for use in list[start..<end] {
        writer.append(varint: use.lineAndKind - last)
        last = use.lineAndKind
      }
      start = end
    }
    uses = writer.bytes
  }

  /// Calls `body` with each name that a file uses: file, hash, a reader at its lines, how many.
  func forEachUse(_ body: (UInt32, UInt64, ByteReader, Int) -> Void) {
    uses.withUnsafeBytes { bytes in
      var start = 0
      for (number, file) in files.enumerated() {
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[start..<file.usesEnd]))
        start = file.usesEnd
        while !reader.isAtEnd {
          let hash = reader.fixed(UInt64.self)
          let count = Int(reader.varint())
          body(UInt32(firstFile + number), hash, reader, count)
          for _ in 0..<count { _ = reader.varint() }
        }
      }
    }
  }

  /// Gives the streams away once they are written.
  mutating func dropStreams() { streams = [] }

  /// The bytes of a spelling.
  func bytes(_ spelling: Spelling) -> ArraySlice<UInt8> {
    names[Int(spelling.start)..<Int(spelling.start + spelling.length)]
  }
}
