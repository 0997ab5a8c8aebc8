internal import CLibgit2

/// Which lines a change touches, counted from 1, as `git diff` without context tells them.
public struct LineChanges: Sendable, Equatable {
  /// One place where the text differs.
  public struct Hunk: Sendable, Equatable {
    /// The lines that are taken away; nil when none are.
    public let old: ClosedRange<Int>?
    /// The lines that come in; nil when none do.
    public let new: ClosedRange<Int>?
  }

  /// In the order of the file.
  public let hunks: [Hunk]

  /// Lines of the new side that the change adds or rewrites.
  public var added: [ClosedRange<Int>] { hunks.compactMap(\.new) }
  /// Lines of the old side that the change deletes or rewrites.
  public var deleted: [ClosedRange<Int>] { hunks.compactMap(\.old) }

  /// Compares two texts; bytes that are no text (NUL, Latin-1) do no harm.
  ///
  /// - Parameters:
  ///   - old: nil for a file that is added.
  ///   - new: nil for one that is deleted.
  /// - Throws: only for texts too large for libgit2 (over 1 GB).
  public init(from old: [UInt8]?, to new: [UInt8]?) throws(GitError) {
    hunks = try TextPatch.hunks(from: old, to: new, hasContext: false) { patch, index in
      var hunk: UnsafePointer<git_diff_hunk>?
      git_patch_get_hunk(&hunk, nil, patch, index)
      return Hunk(hunk!.pointee)
    }
  }
}

extension LineChanges.Hunk {
  fileprivate init(_ hunk: git_diff_hunk) {
    func lines(_ start: Int32, _ count: Int32) -> ClosedRange<Int>? {
      count == 0 ? nil : Int(start)...Int(start + count - 1)
    }
    old = lines(hunk.old_start, hunk.old_lines)
    new = lines(hunk.new_start, hunk.new_lines)
  }
}
