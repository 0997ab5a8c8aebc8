/// What happened to one regular file between two versions of a tree.
public struct FileDelta: Sendable, Equatable {
  public enum Kind: Sendable {
    case added
    case deleted
    /// Content or mode; both paths are the same.
    case modified
    /// Paths differ; the content may differ too.
    case renamed
  }

  public let kind: Kind
  /// Nil when added.
  public let oldPath: String?
  /// Nil when deleted.
  public let newPath: String?
  public let oldMode: FileMode?
  public let newMode: FileMode?
  /// Nil when added.
  public let oldID: ObjectID?
  /// Nil when deleted, and for files of the work tree that were not hashed.
  public let newID: ObjectID?

  /// The path after the change, or before it when there is none after.
  public var path: String { newPath ?? oldPath ?? "" }

  /// Whether the text is the same: a pure rename or change of mode.
  public var hasSameContent: Bool { oldID != nil && oldID == newID }
}

/// Everything that differs between two versions of a tree.
public struct TreeDelta: Sendable, Equatable {
  /// A path that changed and has no text of its own to review.
  public struct PassedOver: Sendable, Equatable {
    public enum Reason: Sendable {
      case symlink
      case submodule
      /// An index entry that a merge left unresolved.
      case conflict
      /// A patch of a file that is no text.
      case binary
    }
    public let path: String
    public let reason: Reason

    public init(path: String, reason: Reason) {
      self.path = path
      self.reason = reason
    }
  }

  /// Sorted by path.
  public var files: [FileDelta]
  /// Sorted by path.
  public var passedOver: [PassedOver]

  public init(files: [FileDelta] = [], passedOver: [PassedOver] = []) {
    self.files = files
    self.passedOver = passedOver
  }

  public var isEmpty: Bool { files.isEmpty && passedOver.isEmpty }
}
