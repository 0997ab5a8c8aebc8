/// Why hooks cannot be changed; the description is the user's sentence.
public enum HookError: Error, Equatable, CustomStringConvertible {
  case edited(path: String)
  case taken(path: String)
  case notAFile(path: String)
  case unwritable(path: String, reason: String)

  public var description: String {
    switch self {
    case .edited(let path):
      "'\(path)' is lockstep's, but was changed by hand; move what was added elsewhere, or delete "
        + "it yourself"
    case .taken(let path):
      "'\(path)' is there already, so the hook cannot be put aside under that name; rename it first"
    case .notAFile(let path):
      "'\(path)' is no plain file; lockstep leaves it alone. Start it from there yourself with: "
        + "lockstep hook run NAME \"$@\""
    case .unwritable(let path, let reason):
      "cannot write '\(path)': \(reason)"
    }
  }
}
