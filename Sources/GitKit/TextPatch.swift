internal import CLibgit2

/// libgit2's comparison of two texts, while its hunks are read.
enum TextPatch {
  /// Compares two texts; bytes that are no text (NUL, Latin-1) do no harm.
  ///
  /// - Parameters:
  ///   - old: nil for a file that is added.
  ///   - new: nil for one that is deleted.
  ///   - hasContext: false for hunks of nothing but what differs.
  ///   - read: is given the patch, whose lines no longer point to anything, and a hunk's number.
  /// - Throws: only for texts too large for libgit2 (over 1 GB).
  static func hunks<Hunk>(
    from old: [UInt8]?, to new: [UInt8]?, hasContext: Bool,
    _ read: (_ patch: OpaquePointer?, _ index: Int) -> Hunk
  ) throws(GitError) -> [Hunk] {
    precondition(Libgit2.isReady, "libgit2 does not start")
    var options = TreeDelta.options
    options.flags = GIT_DIFF_FORCE_TEXT.rawValue | GIT_DIFF_INDENT_HEURISTIC.rawValue
    if !hasContext {
      options.context_lines = 0
      options.interhunk_lines = 0
    }
    var patch: OpaquePointer?
    let code = (old ?? []).withUnsafeBytes { old in
      (new ?? []).withUnsafeBytes { new in
        git_patch_from_buffers(
          &patch, old.baseAddress, old.count, nil, new.baseAddress, new.count, nil, &options)
      }
    }
    try Libgit2.check(code, while: "comparing two texts")
    defer { git_patch_free(patch) }
    return (0..<git_patch_num_hunks(patch)).map { read(patch, $0) }
  }
}
