internal import Foundation
public import GitKit

/// Keeps indexes of trees in a cache folder: finds, updates, builds.
///
/// A file there is believed only when it is whole and of this version; any other is built again.
public struct IndexStore: Sendable {
  let folder: IndexFolder
  /// Threads that read and index files.
  public var jobs: Int

  /// - Parameter folder: The cache folder; it need not exist.
  public init(folder: String, jobs: Int = 2) {
    self.folder = IndexFolder(path: folder)
    self.jobs = jobs
  }

  /// `$XDG_CACHE_HOME/lockstep/index`, or `~/.cache/lockstep/index`.
  public static var defaultFolder: String {
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? "\(environment["HOME"] ?? NSHomeDirectory())/.cache"
    return "\(cache)/lockstep/index"
  }

  /// How an index was come by.
  public enum Origin: Sendable, Equatable {
    /// It was there.
    case found
    /// Files that differ from an index that was there were read.
    case updated(files: Int)
    /// All files were read.
    case built(files: Int)
  }

  /// What to call while files are read: how many are done, of how many; false stops the work.
  public typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Bool

  /// More differing files than this are not worth an overlay.
  private static let overlayLimit = 4000
  /// Indexes of whole trees that an overlay may lie on, the ones used last.
  private static let baseLimit = 3

  /// The index of `source`'s tree, if it is there or a small update away.
  ///
  /// Takes milliseconds when it is there and no longer than reading the files that differ; nil when
  /// all files would have to be read.
  public func existing(_ source: any TreeSource) throws(IndexError)
    -> (index: TreeIndex, origin: Origin)?
  {
    let tree = try Self.name(of: source)
    if let index = find(tree) { return (index, .found) }
    return try update(source, tree)
  }

  /// The index of `source`'s tree, built where it has to be.
  ///
  /// Where the cache folder cannot be written to, the index lives in a temporary file until the
  /// program ends.
  ///
  /// - Throws: `cancelled` when `progress` says so.
  public func index(of source: any TreeSource, progress: @escaping Progress = { _, _ in true })
    throws(IndexError) -> (index: TreeIndex, origin: Origin)
  {
    if let existing = try existing(source) { return existing }
    let tree = try Self.name(of: source)
    do throws(IndexError) {
      try folder.create()
      return try build(source, tree, in: folder, progress)
    } catch {
      guard case .cannotWrite = error else { throw error }
      let elsewhere = IndexFolder(path: NSTemporaryDirectory())
      let result = try build(source, tree, in: elsewhere, progress)
      elsewhere.remove(IndexFile(tree: tree).name)
      return result
    }
  }

  // MARK: Finding

  /// A name for the whole content of `source`.
  private static func name(of source: any TreeSource) throws(IndexError) -> ObjectID {
    do {
      if let id = try source.treeID(of: "") { return id }
      return ContentName.of(try source.files(below: "").filter { SourceKind(path: $0.path) != nil })
    } catch {
      throw .unreadable(path: "the tree", reason: "\(error)")
    }
  }

  private func find(_ tree: ObjectID) -> TreeIndex? {
    let whole = IndexFile(tree: tree)
    if let segment = open(whole) { return try? TreeIndex([segment]) }
    for entry in folder.entries() where entry.file.tree == tree {
      guard let base = entry.file.base, let lower = open(IndexFile(tree: base)),
        let upper = open(entry.file)
      else { continue }
      if let index = try? TreeIndex([lower, upper]) { return index }
    }
    return nil
  }

  /// The segment in `file`, or nil; a file that is not right is taken away.
  private func open(_ file: IndexFile) -> Segment? {
    let path = folder.path(of: file)
    guard access(path, F_OK) == 0 else { return nil }
    guard let bytes = try? SegmentBytes(mapping: path), let segment = try? Segment(bytes),
      segment.identity.tree == file.tree, segment.identity.base == file.base
    else {
      folder.remove(file.name)
      return nil
    }
    folder.touch(file)
    return segment
  }

  // MARK: Updating

  private func update(_ source: any TreeSource, _ tree: ObjectID) throws(IndexError)
    -> (index: TreeIndex, origin: Origin)?
  {
    let bases = folder.entries().filter { $0.file.base == nil }.prefix(Self.baseLimit)
    for entry in bases {
      guard let base = open(entry.file) else { continue }
      do {
        guard let difference = try TreeDifference(source, base, limit: Self.overlayLimit) else {
          continue
        }
        let overlay = try overlay(difference, source, IndexFile(tree: tree, base: entry.file.tree))
        return (try TreeIndex([base, overlay]), .updated(files: difference.changed.count))
      } catch let error as IndexError {
        if case .damaged = error {
          folder.remove(entry.name)
          continue
        }
        throw error
      } catch {
        throw .unreadable(path: "the tree", reason: "\(error)")
      }
    }
    return nil
  }

  /// Reads the files that differ; keeps the overlay where the cache can be written to.
  private func overlay(_ difference: TreeDifference, _ source: any TreeSource, _ file: IndexFile)
    throws(IndexError) -> Segment
  {
    let reader = RecordReader(source: source, files: difference.changed, jobs: jobs)
    let identity = SegmentIdentity(tree: file.tree, base: file.base, isWhole: false)
    var builder = try SegmentBuilder(MemorySink(), files: difference.changed)
    try reader.forEachBatch { (batch) throws(IndexError) in try builder.add(batch) }
    let bytes = try builder.finish(identity, folders: [], removed: difference.removed).bytes
    save(bytes, file)
    return try Segment(SegmentBytes(bytes, name: file.name))
  }

  private func save(_ bytes: [UInt8], _ file: IndexFile) {
    guard var sink = try? FileSink(folder.path(of: file)) else { return }
    do throws(IndexError) {
      let failure: IndexError? = bytes.withUnsafeBytes { raw in
        do throws(IndexError) {
          try sink.write(raw)
          return nil
        } catch {
          return error
        }
      }
      if let failure { throw failure }
      try sink.commit()
      folder.tidy()
    } catch {
      sink.abandon()
    }
  }

  // MARK: Building

  private func build(
    _ source: any TreeSource, _ tree: ObjectID, in folder: IndexFolder,
    _ progress: @escaping Progress
  ) throws(IndexError) -> (index: TreeIndex, origin: Origin) {
    let files: [(path: String, id: ObjectID)]
    let folders: [(path: String, id: ObjectID)]
    do {
      files = try source.files(below: "").filter { SourceKind(path: $0.path) != nil }
        .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
      folders = try Self.folders(of: files, in: source)
    } catch {
      throw .unreadable(path: "the tree", reason: "\(error)")
    }
    let total = files.count
    let sink = try FileSink(folder.path(of: IndexFile(tree: tree)))
    do throws(IndexError) {
      var builder = try SegmentBuilder(sink, files: files)
      let reader = RecordReader(source: source, files: files, jobs: jobs) { progress($0, total) }
      try reader.forEachBatch { (batch) throws(IndexError) in try builder.add(batch) }
      var written = try builder.finish(
        SegmentIdentity(tree: tree, base: nil, isWhole: true), folders: folders, removed: [])
      try written.commit()
    } catch {
      sink.abandon()
      throw error
    }
    folder.tidy()
    let bytes = try SegmentBytes(mapping: folder.path(of: IndexFile(tree: tree)))
    return (try TreeIndex([Segment(bytes)]), .built(files: total))
  }

  /// Every folder above one of `files`, with the name of its content; empty when there are none.
  private static func folders(
    of files: [(path: String, id: ObjectID)], in source: any TreeSource
  ) throws -> [(path: String, id: ObjectID)] {
    guard let root = try source.treeID(of: "") else { return [] }
    var result: [(path: String, id: ObjectID)] = [("", root)]
    var seen: Set<Substring> = [""]
    for file in files {
      var path = file.path[...]
      while let slash = path.lastIndex(of: "/") {
        path = path[..<slash]
        guard seen.insert(path).inserted else { break }
        if let id = try source.treeID(of: String(path)) { result.append((String(path), id)) }
      }
    }
    return result.sorted { $0.path < $1.path }
  }
}
