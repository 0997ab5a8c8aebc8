internal import Dispatch
internal import Synchronization

/// The tracked files of the work tree as they are on disk, the way `git diff HEAD` sees them.
///
/// Untracked files are not part of it. Which files there are, and their ids, is found out when the
/// value is made, with one `lstat` a file, hashing only what the index cannot vouch for; texts are
/// read when they are asked for, without git's conversions of line ends.
public struct WorkTree: TreeSource {
  private let repository: Repository
  private let folder: DiskFolder
  private let table: FileTable
  let index: IndexFile

  /// Entries whose file on disk differs from the index, or that only libgit2 looks into.
  let changed: [IndexFile.Entry]
  /// Paths that a sparse checkout leaves out: they count as unchanged.
  private let skipped: Set<String>

  /// - Parameter part: the index's entries to look at.
  init(
    _ repository: Repository, root: String, index: IndexFile,
    part: ArraySlice<IndexFile.Entry>, written: (seconds: Int, nanoseconds: Int)?,
    trustsModes: Bool
  ) throws(GitError) {
    self.repository = repository
    self.index = index
    folder = DiskFolder(root)
    var files: [FileTable.File] = []
    var changed: [IndexFile.Entry] = []
    var skipped: Set<String> = []
    let entries = part.filter { $0.stage == 0 || $0.stage == 2 }
    for (entry, status) in zip(entries, Self.statuses(of: entries, in: folder)) {
      let known = FileTable.File(path: entry.path, mode: entry.mode, id: entry.id)
      var file: FileTable.File? = known
      if entry.mode.isFile && !entry.isAssumedUnchanged {
        file = try Self.file(entry, status, in: folder, written: written, trustsModes: trustsModes)
      }
      if file == nil && entry.isSkipped {
        skipped.insert(entry.path)
        files.append(known)
        continue
      }
      if let file { files.append(file) }
      if file?.id != entry.id || file?.mode != entry.mode || !entry.mode.isFile
        || entry.isIntentToAdd || entry.stage > 0
      {
        changed.append(entry)
      }
    }
    table = FileTable(files)
    self.changed = changed
    self.skipped = skipped
  }

  /// What is on disk for each entry, found by all cores at once; a kernel tree has 85,000.
  private static func statuses(
    of entries: [IndexFile.Entry], in folder: DiskFolder
  ) -> [DiskFolder.Status?] {
    let share = 4096
    let parts = Mutex<[Int: [DiskFolder.Status?]]>([:])
    let count = (entries.count + share - 1) / share
    DispatchQueue.concurrentPerform(iterations: count) { turn in
      var plainFolder: String?
      let part = entries[turn * share..<min(entries.count, (turn + 1) * share)].map { entry in
        entry.mode.isFile && !entry.isAssumedUnchanged
          ? folder.status(of: entry.path, knowing: &plainFolder) : nil
      }
      parts.withLock { $0[turn] = part }
    }
    return parts.withLock { parts in (0..<count).flatMap { parts[$0] ?? [] } }
  }

  /// The file of an index entry as it is on disk; nil when it is gone.
  private static func file(
    _ entry: IndexFile.Entry, _ status: DiskFolder.Status?, in folder: DiskFolder,
    written: (seconds: Int, nanoseconds: Int)?, trustsModes: Bool
  ) throws(GitError) -> FileTable.File? {
    guard let status else { return nil }
    var id = entry.id
    if entry.stage > 0 || entry.isIntentToAdd || !entry.matches(status, written) {
      guard let bytes = try folder.read(entry.path) else { return nil }
      id = .blob(of: bytes)
    }
    let mode: FileMode = trustsModes ? (status.isExecutable ? .executable : .regular) : entry.mode
    return FileTable.File(path: entry.path, mode: mode, id: id)
  }

  public func read(_ path: String) throws -> [UInt8]? {
    guard let entry = table[path], entry.mode.isFile else { return nil }
    return skipped.contains(path)
      ? try repository.blob(entry.id, what: "'\(path)'") : try folder.read(path)
  }

  public func blobID(of path: String) throws -> ObjectID? {
    table[path].flatMap { $0.mode.isFile ? $0.id : nil }
  }

  public func list(_ path: String) throws -> [String] { table.list(path) }

  public func files(below path: String) throws -> [(path: String, id: ObjectID)] {
    table.files(below: path)
  }

  /// The id that the folder would have in a commit.
  public func treeID(of path: String) throws -> ObjectID? { table.treeID(of: path) }
}

extension IndexFile.Entry {
  /// Whether the file on disk is surely the one that was staged.
  ///
  /// One that was changed in the same moment in which the index was written ("racily clean") may
  /// differ and look the same, so nothing is believed of it.
  fileprivate func matches(
    _ status: DiskFolder.Status, _ written: (seconds: Int, nanoseconds: Int)?
  ) -> Bool {
    guard let written, UInt32(truncatingIfNeeded: status.size) == size,
      UInt32(truncatingIfNeeded: status.inode) == inode,
      Int32(truncatingIfNeeded: status.seconds) == seconds,
      nanoseconds == 0 || UInt32(status.nanoseconds) == nanoseconds
    else { return false }
    return nanoseconds == 0
      ? status.seconds < written.seconds : (status.seconds, status.nanoseconds) < written
  }
}
