/// Why the tree index cannot be read or written.
public enum IndexError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file is torn, flipped, foreign or of another version; it must be built again.
  case damaged(path: String, what: String)
  /// A file of the cache cannot be written.
  case cannotWrite(path: String, reason: String)
  /// The caller did not want to wait any longer.
  case cancelled
  /// A file of the tree cannot be read.
  case unreadable(path: String, reason: String)

  public var description: String {
    switch self {
    case .damaged(let path, let what):
      "The tree index \(path) cannot be used (\(what)); run `lockstep index build` to make it anew."
    case .cannotWrite(let path, let reason):
      "Cannot write the tree index \(path): \(reason). Set XDG_CACHE_HOME to a folder with room, "
        + "or pass --no-cache."
    case .cancelled:
      "The tree index was not ready in time; run `lockstep index build` once."
    case .unreadable(let path, let reason):
      "Cannot read \(path) for the tree index: \(reason)."
    }
  }
}
