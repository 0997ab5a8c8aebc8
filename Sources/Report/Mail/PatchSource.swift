/// A patch as it was sent, for an answer to it.
public struct SentPatch: Sendable {
  public enum Kind: String, Sendable {
    case context = " "
    case added = "+"
    case deleted = "-"
  }

  public struct Line: Sendable {
    public var kind: Kind
    /// Numbers from 1 in the old and the new text; nil where the line is not there.
    public var old: Int?
    public var new: Int?
    public var text: String

    public init(kind: Kind, old: Int?, new: Int?, text: String) {
      self.kind = kind
      self.old = old
      self.new = new
      self.text = text
    }
  }

  public struct Hunk: Sendable {
    /// `@@ -1,3 +1,4 @@ function`.
    public var heading: String
    public var lines: [Line]

    public init(heading: String, lines: [Line]) {
      self.heading = heading
      self.lines = lines
    }
  }

  public struct File: Sendable {
    /// Nil where the file is added.
    public var old: String?
    /// Nil where it is deleted.
    public var new: String?
    public var hunks: [Hunk]

    public init(old: String?, new: String?, hunks: [Hunk]) {
      self.old = old
      self.new = new
      self.hunks = hunks
    }
  }

  /// With its `[PATCH 2/4]`.
  public var subject: String
  public var author: String
  public var to = ""
  public var cc = ""
  public var date = ""
  /// With its angle brackets; empty for what nobody has sent yet.
  public var messageID = ""
  public var references = ""
  public var files: [File]

  public init(subject: String, author: String, files: [File]) {
    self.subject = subject
    self.author = author
    self.files = files
  }
}

/// Gives the patches that were reviewed.
public protocol PatchSource: Sendable {
  /// The patch of a commit, 40 hexadecimal digits; nil when it cannot be had.
  func patch(of commit: String) -> SentPatch?
}

/// Has no patches: there is nothing to answer then.
public struct NoPatches: PatchSource {
  public init() {}

  public func patch(of commit: String) -> SentPatch? { nil }
}
