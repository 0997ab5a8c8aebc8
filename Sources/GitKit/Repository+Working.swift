internal import CLibgit2
internal import Glibc

/// What is staged and what is on disk.
extension Repository {
  /// What is staged, `GIT_INDEX_FILE` considered.
  ///
  /// - Throws: `unreadableIndex`; `noWorkTree` in a bare repository without an index.
  public func index() throws(GitError) -> IndexTree { IndexTree(self, try indexOnDisk()) }

  /// The tracked files as they are on disk.
  ///
  /// - Throws: `noWorkTree`, `unreadableIndex`, `unreadableFile`.
  public func workTree() throws(GitError) -> WorkTree { try workTreeOnDemand().whole() }

  /// The tracked files as they are on disk, each looked at when it is asked for.
  ///
  /// - Throws: as for `workTree()`.
  public func workTreeOnDemand() throws(GitError) -> WorkTreeOnDemand {
    guard let root = workTreeRoot else { throw .noWorkTree(path: gitDirectory) }
    // Before the index is read: a later time would vouch for too much.
    let written = DiskFolder.timeWritten(indexFile)
    let trustsModes = try configuration("core.filemode").map { $0 != "false" } ?? true
    return try WorkTreeOnDemand(
      self, root: root, index: indexOnDisk(), written: written, trustsModes: trustsModes)
  }

  /// The files of `HEAD`; nil while there is no commit.
  public func headTree() throws(GitError) -> CommitTree? {
    guard let head = try head() else { return nil }
    return tree(of: try commit(head))
  }

  /// What `git diff --cached` shows: what is staged against a commit's files, nil for none.
  public func delta(from old: CommitTree?, to new: IndexTree) throws(GitError) -> TreeDelta {
    var delta = try staged(in: new.index, against: old)
    delta.drop(new.index.entries.filter(\.isIntentToAdd).map(\.path))
    return delta
  }

  /// What `git diff HEAD` shows: the tracked files on disk against a commit's files.
  public func delta(from old: CommitTree?, to new: WorkTree) throws(GitError) -> TreeDelta {
    var delta = try staged(in: new.index, against: old) {
      (diff, index, handle) throws(GitError) in
      try merge(new.changed, of: index, into: diff, on: handle)
    }
    delta.complete(from: new)
    return delta
  }

  /// What an index has otherwise than a commit.
  ///
  /// - Parameter more: adds to libgit2's diff before it is read.
  private func staged(
    in index: IndexFile, against old: CommitTree?,
    adding more: (_ diff: OpaquePointer, _ index: OpaquePointer, _ handle: RepositoryHandle)
      throws(GitError) -> Void = { (_, _, _) throws(GitError) in }
  ) throws(GitError) -> TreeDelta {
    try withHandle { (handle) throws(GitError) in
      let tree = try tree(old, on: handle)
      defer { git_tree_free(tree) }
      return try index.withPointer { (index) throws(GitError) in
        var options = TreeDelta.options
        var diff: OpaquePointer?
        try Libgit2.check(
          git_diff_tree_to_index(&diff, handle.pointer, tree, index, &options),
          while: "comparing what is staged")
        defer { git_diff_free(diff) }
        try more(diff!, index, handle)
        return try TreeDelta(diff!)
      }
    }
  }

  /// Adds to a diff what the work tree does to the index, looking at the given paths only.
  private func merge(
    _ entries: [IndexFile.Entry], of index: OpaquePointer, into diff: OpaquePointer,
    on handle: RepositoryHandle
  ) throws(GitError) {
    if entries.isEmpty { return }
    var options = TreeDelta.options
    options.flags |= GIT_DIFF_DISABLE_PATHSPEC_MATCH.rawValue
    var names = entries.map {
      UnsafeMutablePointer<CChar>?(
        strdup(($0.bytes ?? Array($0.path.utf8CString.dropLast())) + [0]))
    }
    defer { names.forEach { free($0) } }
    let code = names.withUnsafeMutableBufferPointer { names in
      options.pathspec = git_strarray(strings: names.baseAddress, count: names.count)
      var more: OpaquePointer?
      let code = git_diff_index_to_workdir(&more, handle.pointer, index, &options)
      defer { git_diff_free(more) }
      return code < 0 ? code : git_diff_merge(diff, more)
    }
    try Libgit2.check(code, while: "comparing the work tree")
  }

  private func indexOnDisk() throws(GitError) -> IndexFile {
    if workTreeRoot == nil, DiskFolder.timeWritten(indexFile) == nil {
      throw .noWorkTree(path: gitDirectory)
    }
    return try IndexFile(indexFile)
  }
}

extension TreeDelta {
  /// Takes out files of `git add -N`, whose content is not staged.
  fileprivate mutating func drop(_ paths: [String]) {
    let paths = Set(paths)
    files.removeAll { $0.oldPath == nil && paths.contains($0.path) }
  }

  /// Gives ids to files on disk, which libgit2 does not hash unless it must.
  fileprivate mutating func complete(from tree: WorkTree) {
    files = files.map { file in
      guard let path = file.newPath, file.newID == nil else { return file }
      return FileDelta(
        kind: file.kind, oldPath: file.oldPath, newPath: path, oldMode: file.oldMode,
        newMode: file.newMode, oldID: file.oldID, newID: try? tree.blobID(of: path))
    }
  }
}
