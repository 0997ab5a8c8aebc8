internal import CLibgit2
internal import Glibc
internal import Synchronization

/// An index as it was when it was opened; git may replace the file after.
///
/// `@unchecked Sendable`: the pointer never changes and is only used under the lock.
final class IndexFile: @unchecked Sendable {
  struct Entry: Sendable {
    let path: String
    /// The path as the index has it, where that is no UTF-8.
    let bytes: [CChar]?
    let mode: FileMode
    let id: ObjectID
    /// 0, or the side of a conflict: 1 base, 2 ours, 3 theirs.
    let stage: Int
    /// `git add -N`: the path is to be tracked, its content is not staged.
    let isIntentToAdd: Bool
    /// Left out of the work tree by a sparse checkout.
    let isSkipped: Bool
    /// `git update-index --assume-unchanged`.
    let isAssumedUnchanged: Bool
    /// What the file on disk was like when it was staged.
    let size: UInt32
    let inode: UInt32
    let seconds: Int32
    let nanoseconds: UInt32
  }

  private let pointer: OpaquePointer
  private let lock = Mutex(())
  /// By path, then by stage.
  let entries: [Entry]

  /// - Throws: `unreadableIndex`, also for the formats that libgit2 does not know.
  init(_ path: String) throws(GitError) {
    precondition(Libgit2.isReady, "libgit2 does not start")
    var pointer: OpaquePointer?
    try Libgit2.check(git_index_open(&pointer, path)) { _, message in
      .unreadableIndex(path: path, reason: message)
    }
    let entries = (0..<git_index_entrycount(pointer)).compactMap {
      git_index_get_byindex(pointer, $0).flatMap { Entry($0.pointee) }
    }
    // A name that is no UTF-8 may stand elsewhere once it is decoded. The order is stable.
    self.entries =
      entries.contains { $0.bytes != nil }
      ? entries.sorted { precedes($0.path, $1.path) } : entries
    self.pointer = pointer!
  }

  /// The entries of a file: several while a merge is unresolved.
  func entries(at path: String) -> ArraySlice<Entry> {
    let start = first { !precedes($0.path, path) }
    return entries[start...].prefix { $0.path == path }
  }

  /// The entries below a folder; "" is the root.
  func entries(below folder: String) -> ArraySlice<Entry> {
    if folder.isEmpty { return entries[...] }
    let prefix = folder + "/"
    let start = first { !precedes($0.path, prefix) }
    return entries[start...].prefix { $0.path.utf8.starts(with: prefix.utf8) }
  }

  /// The first entry that holds, which all after it do too; by halves.
  private func first(_ holds: (Entry) -> Bool) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(entries[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  deinit { git_index_free(pointer) }

  /// Lends the library's own index, to one caller at a time.
  func withPointer<Result>(
    _ body: (OpaquePointer) throws(GitError) -> Result
  ) throws(GitError) -> Result {
    try lock.withLock { (_) throws(GitError) in try body(pointer) }
  }
}

extension IndexFile.Entry {
  fileprivate init?(_ entry: git_index_entry) {
    guard let mode = FileMode(entry.mode) else { return nil }
    let extended = UInt32(entry.flags_extended)
    path = String(gitPath: entry.path)
    let isText = String(validatingCString: entry.path) != nil
    bytes = isText ? nil : Array(UnsafeBufferPointer(start: entry.path, count: strlen(entry.path)))
    self.mode = mode
    id = ObjectID(entry.id)
    stage = Int(entry.flags & UInt16(GIT_INDEX_ENTRY_STAGEMASK)) >> GIT_INDEX_ENTRY_STAGESHIFT
    isIntentToAdd = extended & GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue != 0
    isSkipped = extended & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0
    isAssumedUnchanged = UInt32(entry.flags) & GIT_INDEX_ENTRY_VALID.rawValue != 0
    size = entry.file_size
    inode = entry.ino
    seconds = entry.mtime.seconds
    nanoseconds = entry.mtime.nanoseconds
  }
}
