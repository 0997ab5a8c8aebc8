internal import CLibgit2

extension Repository {
  /// The commit `id`.
  ///
  /// - Throws: `missingObject` when it is not there.
  public func commit(_ id: ObjectID) throws(GitError) -> Commit {
    try withHandle { (handle) throws(GitError) in
      var pointer: OpaquePointer?
      var oid = id.oid
      guard git_commit_lookup(&pointer, handle.pointer, &oid) == 0 else {
        throw missing(id, "A commit")
      }
      defer { git_commit_free(pointer) }
      return Commit(id: id, reading: pointer!)
    }
  }

  /// The commit that a name stands for: anything that `git rev-parse` takes for one commit.
  ///
  /// - Throws: `badRevision`, or `noCommitYet` for `HEAD` of an empty repository.
  public func resolve(_ revision: String) throws(GitError) -> ObjectID {
    try withHandle { (handle) throws(GitError) in
      var object: OpaquePointer?
      let code = git_revparse_single(&object, handle.pointer, revision.withHeadSpelledOut)
      try Libgit2.check(code) { code, message in
        if git_repository_head_unborn(handle.pointer) == 1, revision.isAboutHead {
          return .noCommitYet(path: workTreeRoot ?? gitDirectory)
        }
        return .badRevision(text: revision, reason: reason(code, message))
      }
      defer { git_object_free(object) }
      var commit: OpaquePointer?
      try Libgit2.check(git_object_peel(&commit, object, GIT_OBJECT_COMMIT)) { _, _ in
        .badRevision(text: revision, reason: "it is a file or folder of a commit")
      }
      defer { git_object_free(commit) }
      return ObjectID(git_object_id(commit).pointee)
    }
  }

  /// The commit that `HEAD` stands for, nil while there is none.
  public func head() throws(GitError) -> ObjectID? {
    do {
      return try resolve("HEAD")
    } catch .noCommitYet {
      return nil
    }
  }

  /// The files of a commit.
  public func tree(of commit: Commit) -> CommitTree { CommitTree(self, id: commit.tree) }

  /// The files that a commit is judged against: those of its first parent.
  ///
  /// Nil for a root commit, and where a shallow clone ends.
  public func parentTree(of commit: Commit) throws(GitError) -> CommitTree? {
    guard let parent = commit.parents.first, !shallowCommits.contains(commit.id) else {
      return nil
    }
    return tree(of: try self.commit(parent))
  }

  private func reason(_ code: git_error_code, _ message: String) -> String {
    switch code {
    case GIT_EAMBIGUOUS: "several objects begin so"
    case GIT_ENOTFOUND where isShallow: "there is no such thing in this shallow clone"
    case GIT_ENOTFOUND: "there is no such thing in this repository"
    case GIT_EINVALIDSPEC: "that is no way to write one"
    default: message
    }
  }
}

extension String {
  /// libgit2 1.5 does not know `@` for HEAD; `@{…}` is something else.
  fileprivate var withHeadSpelledOut: String {
    guard hasPrefix("@"), dropFirst().first.map({ "~^".contains($0) }) ?? true
    else { return self }
    return "HEAD" + dropFirst()
  }

  fileprivate var isAboutHead: Bool { hasPrefix("HEAD") || hasPrefix("@") }
}

extension Commit {
  fileprivate init(id: ObjectID, reading pointer: OpaquePointer) {
    self.id = id
    parents = (0..<git_commit_parentcount(pointer)).map {
      ObjectID(git_commit_parent_id(pointer, $0).pointee)
    }
    tree = ObjectID(git_commit_tree_id(pointer).pointee)
    subject = String(gitString: git_commit_summary(pointer))
    message = String(gitString: git_commit_message(pointer))
    author = Signature(git_commit_author(pointer))
    committer = Signature(git_commit_committer(pointer))
  }
}

extension Commit.Signature {
  fileprivate init(_ pointer: UnsafePointer<git_signature>) {
    name = String(gitString: pointer.pointee.name)
    email = String(gitString: pointer.pointee.email)
    time = pointer.pointee.when.time
    zone = Int(pointer.pointee.when.offset)
  }
}
