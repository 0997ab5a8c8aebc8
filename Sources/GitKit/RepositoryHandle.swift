internal import CLibgit2

/// One `git_repository`, used by one thread at a time.
///
/// `@unchecked Sendable`: `Repository` hands a handle to one caller only and takes it back after.
final class RepositoryHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  init(owning pointer: OpaquePointer) { self.pointer = pointer }

  deinit { git_repository_free(pointer) }
}
