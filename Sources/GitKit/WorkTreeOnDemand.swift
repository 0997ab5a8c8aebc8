internal import Synchronization

/// The tracked files of a work tree of which few are wanted: a folder is looked at when it is
/// asked for, and only then.
///
/// Each folder is as it was at its first question; `WorkTree` has them all as of one moment.
public struct WorkTreeOnDemand: TreeSource {
  private let index: IndexFile
  private let parts = Parts()
  private let make: @Sendable (ArraySlice<IndexFile.Entry>) throws(GitError) -> WorkTree

  init(
    _ repository: Repository, root: String, index: IndexFile,
    written: (seconds: Int, nanoseconds: Int)?, trustsModes: Bool
  ) {
    self.index = index
    make = { (entries) throws(GitError) in
      try WorkTree(
        repository, root: root, index: index, part: entries, written: written,
        trustsModes: trustsModes)
    }
  }

  /// All of them as of now.
  func whole() throws(GitError) -> WorkTree { try make(index.entries[...]) }

  public func read(_ path: String) throws -> [UInt8]? { try part(holding: path).read(path) }

  public func blobID(of path: String) throws -> ObjectID? {
    try part(holding: path).blobID(of: path)
  }

  public func list(_ path: String) throws -> [String] { try part(path).list(path) }

  public func files(below path: String) throws -> [(path: String, id: ObjectID)] {
    try part(path).files(below: path)
  }

  public func treeID(of path: String) throws -> ObjectID? { try part(path).treeID(of: path) }

  /// What is known of a file: its folder's part where there is one, else it is looked at alone.
  private func part(holding path: String) throws(GitError) -> WorkTree {
    if let known = parts.covering(path) { return known }
    return try make(index.entries(at: path))
  }

  private func part(_ folder: String) throws(GitError) -> WorkTree {
    if let known = parts.covering(folder + "/") { return known }
    let made = try make(index.entries(below: folder))
    parts.add(made, folder)
    return made
  }
}

/// The folders that were looked at; shared by the copies of a tree.
private final class Parts: Sendable {
  private let known = Mutex<[String: WorkTree]>([:])

  /// The part that holds the path, or the folder when it ends in `/`.
  func covering(_ path: String) -> WorkTree? {
    known.withLock { known in
      if let whole = known[""] { return whole }
      for slash in path.indices where path[slash] == "/" {
        if let part = known[String(path[..<slash])] { return part }
      }
      return nil
    }
  }

  func add(_ part: WorkTree, _ folder: String) { known.withLock { $0[folder] = part } }
}
