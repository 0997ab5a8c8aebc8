internal import Synchronization

/// The files of a plain folder as they are on disk; no git is needed.
///
/// Symlinks are not followed, `.git` is left out, everything else counts. Ids are computed, and
/// kept as long as a file's status stays the same.
public struct FolderTree: TreeSource {
  private let folder: DiskFolder
  private let known = KnownIDs()

  /// The folder's path, with a `/` at its end.
  public var root: String { folder.root }

  /// - Throws: `noSuchFolder`.
  public init(_ path: String) throws(GitError) {
    folder = DiskFolder(path)
    guard DiskFolder.isFolder(path) else { throw .noSuchFolder(path: path) }
  }

  public func read(_ path: String) throws -> [UInt8]? { try folder.read(path) }

  public func blobID(of path: String) throws -> ObjectID? {
    guard let status = folder.status(of: path) else { return nil }
    if let id = known[path, status] { return id }
    guard let bytes = try folder.read(path) else { return nil }
    let id = ObjectID.blob(of: bytes)
    known[path, status] = id
    return id
  }

  public func list(_ path: String) throws -> [String] {
    folder.entries(of: path).map { $0.isFolder ? $0.name + "/" : $0.name }
  }

  public func files(below path: String) throws -> [(path: String, id: ObjectID)] {
    try folder.entries(of: path).flatMap { entry in
      let inner = path.isEmpty ? entry.name : path + "/" + entry.name
      if entry.isFolder { return try files(below: inner) }
      return try blobID(of: inner).map { [(inner, $0)] } ?? []
    }
  }

  /// Always nil: only reading everything would tell.
  public func treeID(of path: String) throws -> ObjectID? { nil }
}

/// Ids that were computed once; shared by the copies of a tree.
private final class KnownIDs: Sendable {
  private let ids = Mutex<[String: (DiskFolder.Status, ObjectID)]>([:])

  subscript(path: String, status: DiskFolder.Status) -> ObjectID? {
    get { ids.withLock { $0[path].flatMap { $0.0 == status ? $0.1 : nil } } }
    set { ids.withLock { $0[path] = newValue.map { (status, $0) } } }
  }
}
