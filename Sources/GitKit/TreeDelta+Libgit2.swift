internal import CLibgit2

extension TreeDelta {
  /// Options under which libgit2 lists whole files only, and reads nothing that it need not.
  static var options: git_diff_options {
    var options = git_diff_options()
    git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
    options.flags = GIT_DIFF_SKIP_BINARY_CHECK.rawValue
    options.ignore_submodules = GIT_SUBMODULE_IGNORE_DIRTY
    return options
  }

  /// Finds renames in a diff (git's rule: half of the content is the same) and reads it.
  init(_ diff: OpaquePointer) throws(GitError) {
    var find = git_diff_find_options()
    git_diff_find_options_init(&find, UInt32(GIT_DIFF_FIND_OPTIONS_VERSION))
    find.flags = GIT_DIFF_FIND_RENAMES.rawValue
    if git_diff_find_similar(diff, &find) != 0 {
      // A text that should be compared is missing: then only equal ones count as renamed. Whoever
      // reads the file is told what is missing.
      find.flags |= GIT_DIFF_FIND_EXACT_MATCH_ONLY.rawValue
      try Libgit2.check(git_diff_find_similar(diff, &find), while: "looking for renamed files")
    }
    self.init()
    for index in 0..<git_diff_num_deltas(diff) {
      add(git_diff_get_delta(diff, index).pointee)
    }
    files.sort { precedes($0.path, $1.path) }
    passedOver.sort { precedes($0.path, $1.path) }
  }

  private mutating func add(_ delta: git_diff_delta) {
    let old = Side(delta.old_file)
    let new = Side(delta.new_file)
    switch delta.status {
    case GIT_DELTA_ADDED: add(.added, nil, new)
    case GIT_DELTA_DELETED: add(.deleted, old, nil)
    case GIT_DELTA_MODIFIED, GIT_DELTA_TYPECHANGE: add(.modified, old, new)
    case GIT_DELTA_RENAMED, GIT_DELTA_COPIED: add(.renamed, old, new)
    case GIT_DELTA_CONFLICTED:
      let path = [new.path, old.path].first { !$0.isEmpty } ?? ""
      if passedOver.last?.path != path { passedOver.append(.init(path: path, reason: .conflict)) }
    default: break  // Unmodified, untracked or ignored.
    }
  }

  private mutating func add(_ kind: FileDelta.Kind, _ old: Side?, _ new: Side?) {
    guard let mode = new?.mode ?? old?.mode, mode.isFile else {
      let path = new?.path ?? old?.path ?? ""
      let isLink = (new?.mode ?? old?.mode) == .symlink
      passedOver.append(.init(path: path, reason: isLink ? .symlink : .submodule))
      return
    }
    files.append(
      FileDelta(
        kind: kind, oldPath: old?.path, newPath: new?.path, oldMode: old?.mode,
        newMode: new?.mode, oldID: old?.id, newID: new?.id))
  }

  private struct Side {
    let path: String
    let mode: FileMode?
    let id: ObjectID?

    init(_ file: git_diff_file) {
      path = String(gitPath: file.path)
      mode = FileMode(file.mode)
      id = file.flags & GIT_DIFF_FLAG_VALID_ID.rawValue == 0 ? nil : ObjectID(file.id)
    }
  }
}
