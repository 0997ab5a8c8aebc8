import Findings
import GitKit

/// One version of the tree beside the one before it: a commit, the index, the work tree.
struct Revision: Sendable {
  /// Nil for what is no commit.
  var commit: ReviewResult.Commit?
  var tree: any TreeSource
  /// The version that it is compared with; nil when there is none.
  var parent: (any TreeSource)?
  var delta: TreeDelta

  /// 40 hexadecimal digits, nil for what is no commit.
  var oid: String? { commit?.oid }
}

/// The versions that a request is about, oldest first.
struct Series: Sendable {
  /// The version before the first revision; nil when a root commit begins the series.
  var base: (any TreeSource)?
  var revisions: [Revision]
  var range: ReviewResult.Range
  var notes: [ReviewResult.Note] = []
  /// A commit that was asked for cannot be compared with its parent.
  var isIncomplete = false
  /// What belongs to the series and could not be read or applied.
  var lost: [Coverage] = []
  /// The root of the files on disk, where there is one.
  var workTree: String?
}
