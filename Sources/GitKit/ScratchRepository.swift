internal import CLibgit2

/// A new repository in a folder of our own, the only kind that this module ever writes to.
///
/// Names and times of its commits are fixed, so the same contents get the same ids everywhere.
public final class ScratchRepository {
  private let handle: RepositoryHandle
  private var tip: ObjectID?
  private var count: Int64 = 0

  /// Creates an empty repository with the branch `main` and a work tree in `folder`.
  public init(creatingIn folder: String) throws(GitError) {
    guard Libgit2.isReady else {
      throw .failed(task: "starting libgit2", reason: Libgit2.lastMessage)
    }
    var options = git_repository_init_options()
    git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION))
    options.flags = GIT_REPOSITORY_INIT_MKPATH.rawValue | GIT_REPOSITORY_INIT_NO_REINIT.rawValue
    var pointer: OpaquePointer?
    let code = "main".withCString { branch in
      options.initial_head = branch
      return git_repository_init_ext(&pointer, folder, &options)
    }
    try Libgit2.check(code, while: "creating a repository in '\(folder)'")
    handle = RepositoryHandle(owning: pointer!)
  }

  /// Commits files on top of the branch.
  ///
  /// - Parameters:
  ///   - files: the new text of each file that changes, by path; nil deletes the file.
  ///   - message: subject and body.
  /// - Returns: the commit's id.
  @discardableResult
  public func commit(_ files: [String: [UInt8]?], message: String) throws(GitError) -> ObjectID {
    let parent = try tip.map { (id) throws(GitError) in try lookUp(id) }
    defer { git_commit_free(parent) }
    let tree = try lookUp(tree: try writeTree(files, on: parent))
    defer { git_tree_free(tree) }

    var author: UnsafeMutablePointer<git_signature>?
    // One minute apart, from 2026-01-01 on: git shows commits of one second in any order.
    count += 1
    let time = 1_767_225_600 + count * 60
    try Libgit2.check(
      git_signature_new(&author, "lockstep", "lockstep@example.com", time, 0),
      while: "signing a commit")
    defer { git_signature_free(author) }

    var id = git_oid()
    var parents = [parent].compactMap { $0 }.map(Optional.some)
    try Libgit2.check(
      git_commit_create(
        &id, handle.pointer, "HEAD", author, author, nil, message, tree, parents.count, &parents),
      while: "writing a commit")
    let oid = ObjectID(id)
    tip = oid
    return oid
  }

  /// Writes the files of the newest commit into the work tree.
  public func checkOut() throws(GitError) {
    var options = git_checkout_options()
    git_checkout_options_init(&options, UInt32(GIT_CHECKOUT_OPTIONS_VERSION))
    options.checkout_strategy = GIT_CHECKOUT_FORCE.rawValue
    options.disable_filters = 1
    try Libgit2.check(
      git_checkout_head(handle.pointer, &options), while: "checking out a commit")
  }

  /// A tree object with `files` changed against the parent's; every folder is kept sorted by git.
  private func writeTree(_ files: [String: [UInt8]?], on parent: OpaquePointer?)
    throws(GitError) -> ObjectID
  {
    var baseline: OpaquePointer?
    if let parent {
      try Libgit2.check(git_commit_tree(&baseline, parent), while: "reading a commit's tree")
    }
    defer { git_tree_free(baseline) }
    let paths = files.keys.sorted()
    var updates: [git_tree_update] = []
    var names: [UnsafeMutablePointer<CChar>?] = []
    defer { names.forEach { $0?.deallocate() } }
    for path in paths {
      let name = Self.copy(path)
      names.append(name)
      var update = git_tree_update()
      update.path = UnsafePointer(name)
      if let text = files[path] ?? nil {
        update.action = GIT_TREE_UPDATE_UPSERT
        update.filemode = GIT_FILEMODE_BLOB
        update.id = try writeBlob(text).oid
      } else {
        update.action = GIT_TREE_UPDATE_REMOVE
      }
      updates.append(update)
    }
    var id = git_oid()
    try Libgit2.check(
      git_tree_create_updated(&id, handle.pointer, baseline, updates.count, &updates),
      while: "writing a tree")
    return ObjectID(id)
  }

  private func writeBlob(_ text: [UInt8]) throws(GitError) -> ObjectID {
    var id = git_oid()
    try Libgit2.check(
      git_blob_create_from_buffer(&id, handle.pointer, text, text.count),
      while: "writing a file's content")
    return ObjectID(id)
  }

  private func lookUp(_ id: ObjectID) throws(GitError) -> OpaquePointer {
    var pointer: OpaquePointer?
    var oid = id.oid
    try Libgit2.check(
      git_commit_lookup(&pointer, handle.pointer, &oid), while: "reading a commit back")
    return pointer!
  }

  private func lookUp(tree id: ObjectID) throws(GitError) -> OpaquePointer {
    var pointer: OpaquePointer?
    var oid = id.oid
    try Libgit2.check(
      git_tree_lookup(&pointer, handle.pointer, &oid), while: "reading a tree back")
    return pointer!
  }

  private static func copy(_ text: String) -> UnsafeMutablePointer<CChar> {
    let bytes = text.utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    _ = UnsafeMutableBufferPointer(start: copy, count: bytes.count).initialize(from: bytes)
    return copy
  }
}
