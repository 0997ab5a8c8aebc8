/// Who else may hold a lock at the same time.
public enum LockMode: String, Sendable, CaseIterable {
  /// Nobody: a writer, or the holder of a lock that has no modes.
  case exclusive
  /// Other readers.
  case shared
}
