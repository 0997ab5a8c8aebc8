public import GitKit

extension TreeIndex {
  /// An index, in memory, of the files at `paths`: for reviews that know a few folders only, and for
  /// small trees.
  ///
  /// Takes about a second for 60 MB of source. Paths that are no source files count for nothing.
  ///
  /// - Parameter isWhole: True when `paths` are all that the tree has.
  public init(
    of paths: [String], in source: any TreeSource, isWhole: Bool = false, jobs: Int = 1
  ) throws(IndexError) {
    try self.init([
      Self.segment(of: Self.present(paths, in: source).files, in: source, isWhole, jobs: jobs)
    ])
  }

  /// This index with the files at `paths` as `source` has them, or has them no more; in memory.
  ///
  /// Takes as long as reading those files.
  public func updated(_ paths: [String], in source: any TreeSource) throws(IndexError) -> TreeIndex
  {
    let (files, gone) = try Self.present(paths, in: source)
    guard !files.isEmpty || !gone.isEmpty else { return self }
    return try TreeIndex(
      layers.map(\.segment) + [Self.segment(of: files, in: source, false, removed: gone)])
  }

  private static func present(_ paths: [String], in source: any TreeSource) throws(IndexError)
    -> (files: [(path: String, id: ObjectID)], gone: [String])
  {
    var files: [(path: String, id: ObjectID)] = []
    var gone: [String] = []
    for path in Set(paths).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    where SourceKind(path: path) != nil {
      do {
        if let id = try source.blobID(of: path) {
          files.append((path, id))
        } else {
          gone.append(path)
        }
      } catch {
        throw .unreadable(path: path, reason: "\(error)")
      }
    }
    return (files, gone)
  }

  private static func segment(
    of files: [(path: String, id: ObjectID)], in source: any TreeSource, _ isWhole: Bool,
    removed: [String] = [], jobs: Int = 1
  ) throws(IndexError) -> Segment {
    var builder = try SegmentBuilder(MemorySink(), files: files)
    let reader = RecordReader(source: source, files: files, jobs: jobs)
    try reader.forEachBatch { (batch) throws(IndexError) in try builder.add(batch) }
    let sink = try builder.finish(
      SegmentIdentity(tree: nil, base: nil, isWhole: isWhole), folders: [], removed: removed)
    return try Segment(SegmentBytes(sink.bytes, name: "in memory"))
  }
}
