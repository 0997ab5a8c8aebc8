internal import CLibgit2
internal import Glibc

/// The C library's own set-up, done once for the life of the process.
enum Libgit2 {
  /// Initialises the library on first use; reading it is all that callers do.
  static let isReady: Bool = {
    guard git_libgit2_init() > 0 else { return false }
    // git itself does not hash each object again that it reads, and zlib's own checksum already
    // tells a damaged file.
    lockstep_git_set_flag(Int32(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION.rawValue), 0)
    // `Ownership` decides that.
    lockstep_git_set_flag(Int32(GIT_OPT_SET_OWNER_VALIDATION.rawValue), 0)
    // The library maps whole packs where it may, and each page of theirs that was read counts as
    // ours: of a kernel's that is more than all else. Windows of this size take no longer.
    lockstep_git_set_size(Int32(GIT_OPT_SET_MWINDOW_SIZE.rawValue), 32 << 20)
    lockstep_git_set_size(Int32(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT.rawValue), 128 << 20)
    // Extensions that change nothing for a reader: a partial clone is read like a whole one until
    // an object is missing, `preciousObjects` only forbids pruning, and of a linked work tree's
    // own configuration only what `Repository` reads itself is needed.
    var names: [UnsafePointer<CChar>?] = []
    for name in ["partialclone", "preciousobjects", "worktreeconfig"] {
      names.append(name.withCString { UnsafePointer(strdup($0)) })
    }
    lockstep_git_accept_extensions(&names, names.count)
    names.forEach { free(UnsafeMutableRawPointer(mutating: $0)) }
    return true
  }()

  /// What the library said about the failure of the call just made on this thread.
  static var lastMessage: String {
    guard let error = git_error_last(), let message = error.pointee.message else { return "" }
    return String(cString: message)
  }

  /// Throws what `error` makes of the code when a call failed.
  static func check(
    _ code: Int32, or error: (_ code: git_error_code, _ message: String) -> GitError
  ) throws(GitError) {
    guard code < 0 else { return }
    throw error(git_error_code(code), lastMessage)
  }

  /// The same for calls that fail only when the repository or the machine is damaged.
  static func check(_ code: Int32, while task: @autoclosure () -> String) throws(GitError) {
    guard code < 0 else { return }
    throw .failed(task: task(), reason: lastMessage)
  }
}
