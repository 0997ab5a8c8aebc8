/// The commits that a range selects for review.
public struct CommitRange: Sendable, Equatable {
  /// Something about the range that the user should read.
  public enum Note: Sendable, Equatable {
    case skippedMerge(Commit)
    /// The empty commit in which b4 keeps a cover letter.
    case skippedCover(Commit)
    /// A commit whose parent a shallow clone left out, so that there is nothing to compare with.
    case shallowEnd(Commit)
    /// The branch has no upstream; what its base was taken from, and which commit that is.
    case baseFrom(String, ObjectID)
  }

  /// Oldest first, parents before children; without merges, and empty when the range is.
  public let commits: [Commit]
  public let notes: [Note]
  /// The commit before the first; nil when that is a root commit.
  public let base: ObjectID?
  /// The newest commit; of an empty range where it ends.
  public let head: ObjectID?

  /// Whether a commit that the user asked for cannot be reviewed.
  public var isIncomplete: Bool {
    notes.contains {
      if case .shallowEnd = $0 { true } else { false }
    }
  }
}

extension CommitRange.Note: CustomStringConvertible {
  public var description: String {
    switch self {
    case .skippedMerge(let commit):
      "\(commit.title) is a merge and is not reviewed; its branches are, where the range has them."
    case .skippedCover(let commit): "\(commit.title) is b4's cover letter and changes no file."
    case .shallowEnd(let commit):
      "\(commit.title) is where this shallow clone ends; it cannot be compared with its parent. "
        + "Get that with: git fetch --deepen=1"
    case .baseFrom(let source, let id):
      "The branch has no upstream; reviewing what comes after \(id.description.prefix(12)), "
        + "\(source)."
    }
  }
}
