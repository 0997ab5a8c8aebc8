/// A unified diff, as git, `git format-patch` and quilt write it.
public struct Patch: Sendable, Equatable {
  /// What it does to one file.
  public struct File: Sendable, Equatable {
    public enum Kind: Sendable {
      case added
      case deleted
      case modified
      case renamed
      case copied
    }
    public var kind: Kind
    /// Nil when the file is added.
    public var oldPath: String?
    /// Nil when it is deleted.
    public var newPath: String?
    /// Nil where the patch does not say.
    public var oldMode: FileMode?
    public var newMode: FileMode?
    /// The beginning of the old content's blob id, from the `index` line.
    public var oldID: String?
    /// What the `index` line says of the content, where there is one.
    var isOldEmpty = false
    var isNewEmpty = false
    var changesContent = false
    /// Whether the content is no text, so that there is nothing to apply.
    public var isBinary = false
    public var hunks: [Hunk] = []
    /// Why the rest of this file could not be read, with the line of the patch; nil when it could.
    public var damage: String?

    public var path: String { newPath ?? oldPath ?? "" }
  }

  public struct Hunk: Sendable, Equatable {
    public enum Kind: UInt8, Sendable {
      case context = 0x20
      case added = 0x2b
      case deleted = 0x2d
    }
    public struct Line: Sendable, Equatable {
      public let kind: Kind
      /// With its newline, unless the file ends without one here.
      public var bytes: [UInt8]
    }
    /// First lines on both sides, from 1; 0 for a side that is empty.
    public let oldStart: Int
    public let newStart: Int
    public var lines: [Line] = []

    /// What the hunk wants to find, and what it makes of that.
    var oldLines: [[UInt8]] { lines.filter { $0.kind != .added }.map(\.bytes) }
    var newLines: [[UInt8]] { lines.filter { $0.kind != .deleted }.map(\.bytes) }
  }

  /// In the order of the patch.
  public let files: [File]

  /// Reads a patch; text around it, such as a mail's own, is passed over.
  ///
  /// Whatever bytes come, nothing fails: a file whose hunks are cut off carries the `damage`.
  public init(_ bytes: [UInt8]) {
    var parser = PatchParser(bytes)
    files = parser.files()
  }
}
