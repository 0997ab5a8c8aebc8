extension Repository {
  /// The commits that a range selects, as `git rev-list` understands its words.
  ///
  /// `A..B`, `A...B`, `^A B`, `-3`, `-n 3`, `A^!`, `A^@`, `A^-` and every way to name a commit are
  /// taken. One name alone means that commit, several mean those commits, each against its parent.
  /// No word means `@{upstream}..HEAD`; without an upstream b4's base of the branch, else the
  /// merge base with `origin/HEAD`.
  ///
  /// - Throws: `badRevision`, `badRangeOption`, `noBase`, `noCommitYet`, `missingObject`. An empty
  ///   range is no error.
  public func range(_ words: [String] = []) throws(GitError) -> CommitRange {
    var expression = try RangeExpression(words)
    var notes: [CommitRange.Note] = []
    if expression.terms.isEmpty && expression.limit == nil {
      let base = try branchBase()
      if let source = base.source { notes.append(.baseFrom(source, base.id)) }
      expression.terms = [.exclude(base.id.description), .include("HEAD")]
    }
    let ends = try resolve(expression)
    let ids = try withHandle { (handle) throws(GitError) in
      var walk = walk(on: handle, isFirstParentOnly: expression.isFirstParentOnly)
      if !expression.hasExclusion {
        guard let limit = expression.limit else {
          return try walk.oldestFirst(walk.newestFirst(ends.included))
        }
        return try walk.oldestFirst(walk.newest(ends.included, limit: limit))
      }
      let all = try walk.commits(from: ends.included, excluding: ends.excluded)
      return try walk.oldestFirst(Array(all.prefix(expression.limit ?? .max)))
    }
    return try judge(ids, ends: ends, notes: notes)
  }

  /// Parts the commits of a range into those to review and those to name.
  private func judge(_ ids: [ObjectID], ends: Ends, notes: [CommitRange.Note])
    throws(GitError) -> CommitRange
  {
    var notes = notes
    var commits: [Commit] = []
    for id in ids {
      let commit = try commit(id)
      if commit.isMerge && !shallowCommits.contains(id) {
        notes.append(.skippedMerge(commit))
      } else if shallowCommits.contains(id) {
        notes.append(.shallowEnd(commit))
      } else if try isCover(commit) {
        notes.append(.skippedCover(commit))
      } else {
        commits.append(commit)
      }
    }
    return CommitRange(
      commits: commits, notes: notes,
      base: ids.isEmpty ? ends.excluded.first : commits.first?.parents.first,
      head: ids.last ?? ends.included.first)
  }

  private func isCover(_ commit: Commit) throws(GitError) -> Bool {
    guard commit.message.contains(B4Series.marker), let parent = commit.parents.first
    else { return false }
    return try self.commit(parent).tree == commit.tree
  }

  struct Ends {
    var included: [ObjectID] = []
    var excluded: [ObjectID] = []
  }

  private func resolve(_ expression: RangeExpression) throws(GitError) -> Ends {
    var ends = Ends()
    for term in expression.terms {
      switch term {
      case .include(let name): ends.included.append(try resolve(name))
      case .exclude(let name): ends.excluded.append(try resolve(name))
      case .symmetricDifference(let left, let right):
        let sides = (try resolve(left), try resolve(right))
        ends.included += [sides.0, sides.1]
        ends.excluded += try mergeBases(sides.0, sides.1)
      case .parents(let name): ends.included += try commit(resolve(name)).parents
      case .alone(let name):
        let commit = try commit(resolve(name))
        ends.included.append(commit.id)
        ends.excluded += presentParents(of: commit)
      case .withoutParent(let name, let number):
        let commit = try commit(resolve(name))
        guard commit.parents.indices.contains(number - 1) else {
          throw .badRevision(
            text: "\(name)^-\(number)", reason: "it has \(commit.parents.count) parents")
        }
        ends.included.append(commit.id)
        ends.excluded.append(commit.parents[number - 1])
      }
    }
    if ends.included.isEmpty { ends.included.append(try resolve("HEAD")) }
    return ends
  }

  private func presentParents(of commit: Commit) -> [ObjectID] {
    shallowCommits.contains(commit.id) ? [] : commit.parents
  }

  /// The newest common ancestors of two commits, best first; empty when they share no history.
  public func mergeBases(_ one: ObjectID, _ other: ObjectID) throws(GitError) -> [ObjectID] {
    try withHandle { (handle) throws(GitError) in
      var walk = walk(on: handle)
      return try walk.mergeBases(one, other)
    }
  }

  func walk(on handle: RepositoryHandle, isFirstParentOnly: Bool = false) -> CommitWalk {
    CommitWalk(
      handle, shallowCommits: shallowCommits, isFirstParentOnly: isFirstParentOnly,
      missing: { self.missing($0, "A commit") })
  }
}
