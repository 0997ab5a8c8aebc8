/// A commit, without its files.
public struct Commit: Sendable, Equatable, Identifiable {
  /// Who did something, and when.
  public struct Signature: Sendable, Equatable {
    public let name: String
    public let email: String
    /// Seconds since 1970, UTC.
    public let time: Int64
    /// Minutes east of UTC.
    public let zone: Int
  }

  public let id: ObjectID
  /// As the commit records them; a shallow clone may lack them all.
  public let parents: [ObjectID]
  /// The root of its files.
  public let tree: ObjectID
  /// The first paragraph of the message on one line.
  public let subject: String
  /// The whole message, subject included.
  public let message: String
  public let author: Signature
  public let committer: Signature

  public var isMerge: Bool { parents.count > 1 }
  public var isRoot: Bool { parents.isEmpty }

  /// Id and subject, the way git names a commit in one line.
  public var title: String { "\(String(id.description.prefix(12))) (\"\(subject)\")" }
}
