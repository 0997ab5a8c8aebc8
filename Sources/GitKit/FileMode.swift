/// What an entry of a git tree is.
public enum FileMode: UInt16, Sendable {
  case regular = 0o100644
  case executable = 0o100755
  case symlink = 0o120000
  /// The commit of another repository.
  case submodule = 0o160000
  case folder = 0o040000

  /// Git's own reading of a mode, old oddities such as 100664 included; nil for no mode at all.
  init?(_ bits: some BinaryInteger) {
    switch UInt32(truncatingIfNeeded: bits) & 0o170000 {
    case 0o100000: self = UInt32(truncatingIfNeeded: bits) & 0o100 == 0 ? .regular : .executable
    case 0o120000: self = .symlink
    case 0o160000: self = .submodule
    case 0o040000: self = .folder
    default: return nil
    }
  }

  /// Whether there is a text of its own to review.
  public var isFile: Bool { self == .regular || self == .executable }
}
