internal import GitKit

/// What a segment is about: the tree, and how it relates to another segment.
struct SegmentIdentity: Sendable, Equatable {
  /// Name of the tree's whole content; nil for plain folders.
  var tree: ObjectID?
  /// The tree of the segment that this one lies on; nil for a segment of its own.
  var base: ObjectID?
  /// True when nothing of the tree is left out.
  var isWhole: Bool
}

/// Puts records together to a segment.
///
/// The bytes depend on the records alone, not on who read them when.
struct SegmentBuilder<Sink: SegmentSink> {
  private var writer: SegmentWriter<Sink>
  private var batches: [Batch] = []
  private let files: [(path: String, id: ObjectID)]

  /// - Parameter files: The files of the segment, sorted by path.
  init(_ sink: Sink, files: [(path: String, id: ObjectID)]) throws(IndexError) {
    self.files = files
    writer = try SegmentWriter(sink)
    try writer.begin(.streams)
  }

  /// Adds the next records; they come in the order of the files.
  mutating func add(_ batch: Batch) throws(IndexError) {
    var batch = batch
    try writer.append(batch.streams)
    batch.dropStreams()
    batches.append(batch)
  }

  /// Writes everything else.
  ///
  /// - Parameters:
  ///   - folders: Folders of the tree with the names of their contents.
  ///   - removed: Files of the base that the tree no longer has.
  consuming func finish(
    _ identity: SegmentIdentity, folders: [(path: String, id: ObjectID)], removed: [String]
  ) throws(IndexError) -> Sink {
    try writer.section(.identity, Self.bytes(identity))
    try writePaths(folders: folders, removed: removed)
    let terms = TermTable(batches, includingUsed: !identity.isWhole)
    let uses = UseColumn(batches, terms)
    try writer.section(.uses, uses.data.bytes)
    try writeTerms(terms, uses)
    let callees = CalleeColumn(batches, terms)
    try writer.section(.callees, callees.data.bytes)
    try writeFunctions(terms, callees)
    try writeOperations()
    try writeGrams()
    try writer.section(.frequencies, FrequencyColumn(batches).data.bytes)
    try writer.finish()
    return writer.sink
  }

  private static func bytes(_ identity: SegmentIdentity) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.append(UInt8(identity.isWhole ? 1 : 0))
    for id in [identity.tree, identity.base] {
      bytes.append(UInt8(id == nil ? 0 : 1))
      bytes.append(id?.bytes ?? [UInt8](repeating: 0, count: 20))
    }
    return bytes.bytes
  }

  private mutating func writePaths(
    folders: [(path: String, id: ObjectID)], removed: [String]
  ) throws(IndexError) {
    var paths = ByteWriter()
    var table = ByteWriter()
    var function: UInt32 = 0
    var counts = batches.flatMap(\.files).map(\.functionCount).makeIterator()
    for file in files {
      table.append(UInt32(paths.count))
      table.append(UInt32(file.path.utf8.count))
      table.append(function)
      table.append(file.id.bytes)
      table.append(UInt32(0))
      paths.append(Array(file.path.utf8))
      function += counts.next() ?? 0
    }
    var folderTable = ByteWriter()
    for folder in folders {
      folderTable.append(UInt32(paths.count))
      folderTable.append(UInt32(folder.path.utf8.count))
      folderTable.append(folder.id.bytes)
      paths.append(Array(folder.path.utf8))
    }
    try writer.section(.paths, paths.bytes)
    try writer.section(.files, table.bytes)
    try writer.section(.folders, folderTable.bytes)
    try writer.section(.removed, Array(removed.joined(separator: "\n").utf8))
  }

  private mutating func writeTerms(_ terms: TermTable, _ uses: UseColumn) throws(IndexError) {
    var names = ByteWriter()
    var table = ByteWriter()
    var definitions = ByteWriter()
    for term in 0..<terms.count {
      let list = terms.definitions(term)
      let name: ArraySlice<UInt8> =
        list.first.map { first -> ArraySlice<UInt8> in
          let batch = batches[Int(first.batch)]
          return batch.bytes(batch.definitions[Int(first.index)].name)
        } ?? []
      table.append(terms.hashes[term])
      table.append(UInt32(names.count))
      table.append(UInt32(name.count))
      table.append(UInt32(definitions.count))
      table.append(uses.offsets[term])
      names.append(name)
      append(list, to: &definitions)
    }
    try writer.section(.names, names.bytes)
    try writer.section(.terms, table.bytes)
    try writer.section(.definitions, definitions.bytes)
  }

  /// Each definition: step from the last file × 8 + kind, line, length of the detail, detail.
  private func append(
    _ list: ArraySlice<(batch: UInt32, index: UInt32)>, to bytes: inout ByteWriter
  ) {
    var file: UInt32 = 0
    for place in list {
      let batch = batches[Int(place.batch)]
      let item = batch.definitions[Int(place.index)]
      bytes.append(varint: (item.file - file) << 3 | UInt32(item.kind.rawValue))
      bytes.append(varint: item.line)
      bytes.append(varint: item.detail.length)
      bytes.append(batch.bytes(item.detail))
      file = item.file
    }
  }

  private mutating func writeFunctions(_ terms: TermTable, _ callees: CalleeColumn)
    throws(IndexError)
  {
    var table = ByteWriter()
    table.bytes.reserveCapacity(
      batches.reduce(0) { $0 + $1.functions.count } * SegmentFormat.Width.function)
    var stream: UInt32 = 0
    var starts = callees.offsets.makeIterator()
    for batch in batches {
      for item in batch.functions {
        let hash = batch.bytes(item.name).withUnsafeBytes(TermHash.hash)
        table.append(UInt32(terms.term(hash) ?? 0))
        table.append(item.startLine)
        table.append(item.nameLine)
        table.append(item.endLine)
        table.append(stream)
        table.append(item.streamLength)
        table.append(item.gramCount)
        table.append(UInt32(item.flags))
        table.append(starts.next() ?? 0)
        stream += UInt32(item.streamLength)
      }
    }
    try writer.section(.functions, table.bytes)
  }

  /// By member: each use of it in a table, as file, line, value and type.
  private mutating func writeOperations() throws(IndexError) {
    var keys: [(hash: UInt64, batch: Int, index: Int)] = []
    for (number, batch) in batches.enumerated() {
      for (index, item) in batch.operations.enumerated() {
        keys.append((batch.bytes(item.member).withUnsafeBytes(TermHash.hash), number, index))
      }
    }
    keys.sort { ($0.hash, $0.batch, $0.index) < ($1.hash, $1.batch, $1.index) }
    var table = ByteWriter()
    var data = ByteWriter()
    var last: UInt64?
    for key in keys {
      let batch = batches[key.batch]
      let item = batch.operations[key.index]
      if key.hash != last {
        table.append(key.hash)
        table.append(UInt64(data.count))
        table.append(UInt32(0))
        last = key.hash
        data.append(varint: item.member.length)
        data.append(batch.bytes(item.member))
      }
      data.append(varint: item.file)
      data.append(varint: item.line)
      for part in [item.value, item.type] {
        data.append(varint: part.length)
        data.append(batch.bytes(part))
      }
    }
    try writer.section(.members, table.bytes)
    try writer.section(.operations, data.bytes)
  }

  private mutating func writeGrams() throws(IndexError) {
    let column = GramColumn(batches)
    var buckets = ByteWriter()
    for offset in column.buckets { buckets.append(offset) }
    try writer.section(.gramBuckets, buckets.bytes)
    try writer.section(.grams, column.data)
  }
}
