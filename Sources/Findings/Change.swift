import CSyntax

/// One file of one version of the tree, as the checks see it.
public struct FileVersion: Sendable {
  /// Path inside the tree.
  public var path: String
  /// The bytes as text (Latin-1 where they are no UTF-8).
  public var text: String
  /// The parse, where one was wanted and worked; the lock check reads only this.
  public var unit: SyntaxUnit?

  public init(path: String, text: String, unit: SyntaxUnit? = nil) {
    self.path = path
    self.text = text
    self.unit = unit
  }
}

/// A file before and after; one side is nil when it is added or deleted, paths differ on a rename.
public struct FileChange: Sendable {
  public var before: FileVersion?
  public var after: FileVersion?
  /// Lines of the new side that the change adds or touches, from 1.
  public var addedLines: [ClosedRange<Int>]

  public init(before: FileVersion?, after: FileVersion?, addedLines: [ClosedRange<Int>] = []) {
    self.before = before
    self.after = after
    self.addedLines = addedLines
  }
}

/// What a check is shown: two versions of the files that a series touches.
public struct Change: Sendable {
  public var files: [FileChange]

  public init(files: [FileChange]) { self.files = files }
}
