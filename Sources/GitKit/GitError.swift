/// Why something could not be read from a repository; the description is the user's sentence.
public enum GitError: Error, Equatable, Sendable {
  case noSuchFolder(path: String)
  case notARepository(path: String)
  /// Somebody else owns the folder, and `safe.directory` does not name it.
  case notOwned(path: String)
  /// A format that this program cannot read, e.g. SHA-256 names or reftable.
  case unsupportedRepository(path: String, reason: String)
  case noWorkTree(path: String)
  case noCommitYet(path: String)
  /// A name that resolves to no commit.
  case badRevision(text: String, reason: String)
  /// A word of a range that starts with `-` and is not understood.
  case badRangeOption(text: String)
  /// Neither an upstream, nor b4's base, nor `origin/HEAD` says where the branch begins.
  case noBase(branch: String?)
  /// The object database lacks an object that it names.
  case missingObject(id: ObjectID, what: String, isPartialClone: Bool)
  case unreadableIndex(path: String, reason: String)
  case unreadableFile(path: String, reason: String)
  /// Anything else that the library refuses, with what was being done.
  case failed(task: String, reason: String)
}

extension GitError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSuchFolder(let path):
      "'\(path)' is no folder; name one that exists after -C."
    case .notARepository(let path):
      "'\(path)' is not inside a git repository; change into a kernel tree or name one with -C DIR."
    case .notOwned(let path):
      "The repository at '\(path)' belongs to another user, so git would refuse it too; if you "
        + "trust it, type: git config --global --add safe.directory '\(path)'"
    case .unsupportedRepository(let path, let reason):
      "The repository at '\(path)' cannot be read: \(reason). Review a clone in git's default "
        + "format instead: git clone '\(path)' COPY"
    case .noWorkTree(let path):
      "The repository at '\(path)' is bare, so there is no working tree to review; name a range."
    case .noCommitYet(let path):
      "The repository at '\(path)' has no commit yet; make one, or review what is staged with "
        + "--staged."
    case .badRevision(let text, let reason):
      "'\(text)' names no commit: \(reason). `git log --oneline` lists what there is."
    case .badRangeOption(let text):
      "'\(text)' is not understood in a range; a range is made of commits, A..B, A...B, ^A, -N and "
        + "-n N."
    case .noBase(let branch):
      "\(branch.map { "The branch '\($0)'" } ?? "HEAD") has no upstream, and there is no "
        + "origin/HEAD to compare with; name the range (BASE..HEAD), or type: "
        + "git branch --set-upstream-to=BASE"
    case .missingObject(let id, let what, true):
      "\(what) (\(id)) is not in this partial clone; fetch what is missing with: "
        + "git fetch --refetch --no-filter"
    case .missingObject(let id, let what, false):
      "\(what) (\(id)) is missing from the repository or damaged; see what is wrong with: git fsck"
    case .unreadableIndex(let path, let reason):
      "The index '\(path)' cannot be read: \(reason). Write it in the plain format with: "
        + "git update-index --no-split-index --force-write-index"
    case .unreadableFile(let path, let reason):
      "'\(path)' cannot be read: \(reason)."
    case .failed(let task, let reason):
      "git data could not be read while \(task): \(reason.isEmpty ? "no reason given" : reason); "
        + "check the repository with: git fsck"
    }
  }
}
