/// How far a review is, for a line on the user's terminal.
public struct ReviewProgress: Sendable, Equatable {
  /// Steps done and steps in all; `total` is 0 while it is not known.
  public var done: Int
  public var total: Int
  /// What is being done now, such as "parsing fs/fuse/file.c".
  public var activity: String

  public init(done: Int, total: Int, activity: String) {
    self.done = done
    self.total = total
    self.activity = activity
  }
}
