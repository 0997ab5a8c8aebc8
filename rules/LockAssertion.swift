/// What a macro or function such as `lockdep_assert_held` claims about a lock.
public struct LockAssertion: Sendable, Equatable {
  /// The claims.
  public enum Claim: String, Sendable, CaseIterable {
    /// Held, in whatever mode.
    case held
    /// Held exclusively.
    case exclusive
    /// Held in shared mode.
    case shared
    /// Not held by this task.
    case free
  }

  public var name: String
  public var claim: Claim
  /// The lock; the index of its root counts the arguments of the macro or function.
  public var lock: LockPath
  /// Index into `LockRules.families` where only locks of one family can be meant.
  public var family: Int?

  public init(name: String, claim: Claim, lock: LockPath, family: Int? = nil) {
    self.name = name
    self.claim = claim
    self.lock = lock
    self.family = family
  }
}
