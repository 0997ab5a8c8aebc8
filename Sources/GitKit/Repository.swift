internal import CLibgit2
internal import Foundation
internal import Synchronization

/// A git repository, opened for reading only.
///
/// It may be bare, a linked work tree, a shallow or partial clone, or borrow objects from others.
/// Nothing here ever writes into it: no index refresh, no new object, no reference. Safe to use
/// from several threads at once; each that reads at the same time gets a libgit2 handle of its own.
public final class Repository: Sendable {
  private let place: RepositoryPlace
  private let idle: Mutex<[RepositoryHandle]>
  private let folders = Mutex<[ObjectID: Folder]>([:])

  /// Commits whose parents a shallow clone left out.
  let shallowCommits: Set<ObjectID>
  private let isPartialClone: Bool

  /// Opens the repository around a folder, as git finds it.
  ///
  /// - Parameters:
  ///   - directory: any folder inside the repository (`-C DIR`); nil takes the current folder, and
  ///     then `GIT_DIR` and `GIT_WORK_TREE` are followed as git follows them.
  ///   - environment: nil takes the process's own. `GIT_INDEX_FILE` and the object folders that
  ///     git hands to hooks are honoured in either case.
  /// - Throws: `notARepository`, `notOwned`, `unsupportedRepository`, `noSuchFolder`.
  public init(at directory: String? = nil, environment: [String: String]? = nil)
    throws(GitError)
  {
    place = try RepositoryPlace.find(
      from: directory, environment: environment ?? ProcessInfo.processInfo.environment)
    let handle = try place.open()
    shallowCommits = Self.shallowCommits(in: place.commonDirectory)
    isPartialClone = handle.isPartialClone
    idle = Mutex([handle])
  }

  /// The repository's own folder (`…/.git/`), of a linked work tree the one below `worktrees/`.
  public var gitDirectory: String { place.gitDirectory }
  /// Where objects, branches and hooks are: the same folder, but for linked work trees.
  public var commonDirectory: String { place.commonDirectory }
  /// The root of the work tree, with a `/` at its end; nil in a bare repository.
  public var workTreeRoot: String? { place.workTree }
  /// The index that git would read, `GIT_INDEX_FILE` considered.
  public var indexFile: String { place.indexFile }
  public var isShallow: Bool { !shallowCommits.isEmpty }

  /// A value of git's configuration (`user.email`), nil when it is not set.
  public func configuration(_ key: String) throws(GitError) -> String? {
    try withHandle { (handle) throws(GitError) in handle.configuration(key) }
  }

  /// Lends a handle for the time of `body`; opens another when all are in use.
  func withHandle<Result>(
    _ body: (RepositoryHandle) throws(GitError) -> Result
  ) throws(GitError) -> Result {
    let waiting = idle.withLock { $0.popLast() }
    let handle = if let waiting { waiting } else { try place.open() }
    defer { idle.withLock { $0.append(handle) } }
    return try body(handle)
  }

  /// The bytes of the blob `id`; `what` names it in the error (its path).
  ///
  /// - Throws: `missingObject` when a partial clone left it out, or it is lost or damaged.
  public func blob(_ id: ObjectID, what: @autoclosure () -> String = "A file's content")
    throws(GitError) -> [UInt8]
  {
    try object(id, kind: GIT_OBJECT_BLOB, what: what())
  }

  /// The bytes of the only blob whose id begins with these digits; nil when there is none.
  public func blob(beginning digits: String) throws(GitError) -> [UInt8]? {
    guard digits.utf8.count <= 40,
      let start = ObjectID(hex: digits + String(repeating: "0", count: 40 - digits.utf8.count))
    else { return nil }
    let id = try withHandle { (handle) throws(GitError) -> ObjectID? in
      var odb: OpaquePointer?
      try Libgit2.check(
        git_repository_odb(&odb, handle.pointer), while: "opening the object database")
      defer { git_odb_free(odb) }
      var (full, short) = (git_oid(), start.oid)
      guard git_odb_exists_prefix(&full, odb, &short, digits.utf8.count) == 0 else { return nil }
      return ObjectID(full)
    }
    guard let id else { return nil }
    return try? object(id, kind: GIT_OBJECT_BLOB, what: "")
  }

  /// The raw bytes of an object.
  func object(_ id: ObjectID, kind: git_object_t, what: @autoclosure () -> String)
    throws(GitError) -> [UInt8]
  {
    try withHandle { (handle) throws(GitError) in
      var odb: OpaquePointer?
      try Libgit2.check(
        git_repository_odb(&odb, handle.pointer), while: "opening the object database")
      defer { git_odb_free(odb) }
      var object: OpaquePointer?
      var oid = id.oid
      guard git_odb_read(&object, odb, &oid) == 0 else { throw missing(id, what()) }
      defer { git_odb_object_free(object) }
      guard git_odb_object_type(object) == kind else { throw missing(id, what()) }
      return Array(
        UnsafeRawBufferPointer(
          start: git_odb_object_data(object), count: git_odb_object_size(object)))
    }
  }

  /// The entries of the tree object `id`; kept, since neighbouring commits share most of them.
  func folder(_ id: ObjectID, what: @autoclosure () -> String) throws(GitError) -> Folder {
    if let known = folders.withLock({ $0[id] }) { return known }
    let bytes = try object(id, kind: GIT_OBJECT_TREE, what: what())
    guard let folder = Folder(treeObject: bytes) else { throw missing(id, what()) }
    folders.withLock {
      // Linux has 5,500 folders; what many commits change among them is small beside that.
      if $0.count > 50_000 { $0.removeAll() }
      $0[id] = folder
    }
    return folder
  }

  func missing(_ id: ObjectID, _ what: String) -> GitError {
    .missingObject(id: id, what: what, isPartialClone: isPartialClone)
  }

  private static func shallowCommits(in commonDirectory: String) -> Set<ObjectID> {
    guard let text = try? String(contentsOfFile: commonDirectory + "shallow", encoding: .utf8)
    else { return [] }
    return Set(text.split(separator: "\n").compactMap { ObjectID(hex: $0) })
  }
}
