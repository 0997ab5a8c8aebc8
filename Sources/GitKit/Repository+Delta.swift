internal import CLibgit2

extension Repository {
  /// What differs between two commits' files, renames found; nil stands for the empty tree.
  ///
  /// - Throws: `missingObject` when a folder or file that must be read is not there.
  public func delta(from old: CommitTree?, to new: CommitTree?) throws(GitError) -> TreeDelta {
    try withHandle { (handle) throws(GitError) in
      let oldTree = try tree(old, on: handle)
      defer { git_tree_free(oldTree) }
      let newTree = try tree(new, on: handle)
      defer { git_tree_free(newTree) }
      var options = TreeDelta.options
      var diff: OpaquePointer?
      try Libgit2.check(
        git_diff_tree_to_tree(&diff, handle.pointer, oldTree, newTree, &options),
        while: "comparing two commits")
      defer { git_diff_free(diff) }
      return try TreeDelta(diff!)
    }
  }

  /// What a commit changes against its first parent; everything, for a root commit.
  public func delta(of commit: Commit) throws(GitError) -> TreeDelta {
    try delta(from: parentTree(of: commit), to: tree(of: commit))
  }

  func tree(_ tree: CommitTree?, on handle: RepositoryHandle) throws(GitError) -> OpaquePointer? {
    guard let tree else { return nil }
    var pointer: OpaquePointer?
    var oid = tree.id.oid
    guard git_tree_lookup(&pointer, handle.pointer, &oid) == 0 else {
      throw missing(tree.id, "A commit's root folder")
    }
    return pointer
  }
}
