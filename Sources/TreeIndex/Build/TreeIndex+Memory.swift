public import GitKit

extension TreeIndex {
  /// An index, in memory, of the files at `paths`: for reviews that know a few folders only.
  ///
  /// Takes about a second for 60 MB of source. Paths that are no source files count for nothing.
  public init(of paths: [String], in source: any TreeSource, jobs: Int = 1) throws(IndexError) {
    var files: [(path: String, id: ObjectID)] = []
    for path in Set(paths).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    where SourceKind(path: path) != nil {
      do {
        if let id = try source.blobID(of: path) { files.append((path, id)) }
      } catch {
        throw .unreadable(path: path, reason: "\(error)")
      }
    }
    try self.init([Self.segment(of: files, in: source, jobs: jobs)])
  }

  private static func segment(
    of files: [(path: String, id: ObjectID)], in source: any TreeSource, jobs: Int
  ) throws(IndexError) -> Segment {
    var builder = try SegmentBuilder(MemorySink(), files: files)
    let reader = RecordReader(source: source, files: files, jobs: jobs)
    try reader.forEachBatch { (batch) throws(IndexError) in try builder.add(batch) }
    let sink = try builder.finish(
      SegmentIdentity(tree: nil, base: nil, isWhole: false), folders: [], removed: [])
    return try Segment(SegmentBytes(sink.bytes, name: "in memory"))
  }
}
