internal import CLibgit2

extension Repository {
  /// Where a branch begins, and what says so; nil for its upstream, which nobody wonders about.
  struct BranchBase {
    let id: ObjectID
    let source: String?
  }

  /// The commit after which the current branch's own work begins.
  func branchBase() throws(GitError) -> BranchBase {
    let branch = try currentBranch()
    if let branch {
      if let id = try upstream(of: branch) { return BranchBase(id: id, source: nil) }
      if let base = try b4Base(of: branch) { return base }
    }
    guard let head = try head() else { throw .noCommitYet(path: workTreeRoot ?? gitDirectory) }
    guard let origin = try? resolve("refs/remotes/origin/HEAD"),
      let base = try mergeBases(head, origin).first
    else { throw .noBase(branch: branch) }
    return BranchBase(id: base, source: "where it left origin/HEAD")
  }

  /// The branch that HEAD is on, without `refs/heads/`; nil when it is detached.
  public func currentBranch() throws(GitError) -> String? {
    try withHandle { (handle) throws(GitError) in
      var head: OpaquePointer?
      guard git_reference_lookup(&head, handle.pointer, "HEAD") == 0 else { return nil }
      defer { git_reference_free(head) }
      let target = String(gitString: git_reference_symbolic_target(head))
      let prefix = "refs/heads/"
      return target.hasPrefix(prefix) ? String(target.dropFirst(prefix.count)) : nil
    }
  }

  /// The commits that references with this beginning point to, each once, in no order that counts.
  public func references(below prefix: String) throws(GitError) -> [ObjectID] {
    try withHandle { (handle) throws(GitError) in
      var iterator: OpaquePointer?
      try Libgit2.check(
        git_reference_iterator_glob_new(&iterator, handle.pointer, prefix + "*"),
        while: "listing references")
      defer { git_reference_iterator_free(iterator) }
      var found: Set<ObjectID> = []
      var reference: OpaquePointer?
      while git_reference_next(&reference, iterator) == 0 {
        defer { git_reference_free(reference) }
        var commit: OpaquePointer?
        guard git_reference_peel(&commit, reference, GIT_OBJECT_COMMIT) == 0 else { continue }
        found.insert(ObjectID(git_object_id(commit).pointee))
        git_object_free(commit)
      }
      return Array(found)
    }
  }

  /// Nil when there is none, or none that is still there.
  private func upstream(of branch: String) throws(GitError) -> ObjectID? {
    let name = try withHandle { (handle) throws(GitError) -> String? in
      var buffer = git_buf()
      defer { git_buf_dispose(&buffer) }
      guard git_branch_upstream_name(&buffer, handle.pointer, "refs/heads/" + branch) == 0
      else { return nil }
      return String(gitString: buffer.ptr)
    }
    return name.flatMap { try? resolve($0) }
  }

  /// The base of a branch that b4 prepares; nil for any other branch.
  ///
  /// As b4 0.16 keeps it, by `branch.NAME.b4-prep-cover-strategy`: `commit` puts an empty commit
  /// with the cover letter first, so the series is what follows it; `branch-description` and
  /// `tip-commit` name a base branch in their tracking data.
  private func b4Base(of branch: String) throws(GitError) -> BranchBase? {
    guard let strategy = try configuration("branch.\(branch).b4-prep-cover-strategy"),
      let tip = try head()
    else { return nil }
    let series: B4Series?
    switch strategy {
    case "branch-description":
      series = B4Series(tracking: try configuration("branch.\(branch).b4-tracking") ?? "")
    case "tip-commit":
      series = try b4Cover(below: tip).flatMap { B4Series(message: $0.message) }
    default:
      guard let cover = try b4Cover(below: tip) else { return nil }
      return BranchBase(id: cover.id, source: "b4's cover letter")
    }
    guard let name = series?.baseBranch, let other = try? resolve(name),
      let base = try mergeBases(tip, other).first
    else { return nil }
    return BranchBase(id: base, source: "where b4 says that it left \(name)")
  }

  /// The newest cover letter of the user's own, at most a year older than the tip, as b4 looks.
  private func b4Cover(below tip: ObjectID) throws(GitError) -> Commit? {
    let year: Int64 = 366 * 24 * 3600
    let email = try configuration("user.email")
    return try withHandle { (handle) throws(GitError) -> Commit? in
      var walk = walk(on: handle)
      let oldest = try walk.node(tip).time - year
      var cover: Commit?
      _ = try walk.newest([tip], limit: .max) { id, node in
        guard node.time >= oldest, let commit = try? commit(id) else { return false }
        guard commit.message.contains(B4Series.marker),
          email == nil || commit.committer.email == email
        else { return true }
        cover = commit
        return false
      }
      return cover
    }
  }
}
