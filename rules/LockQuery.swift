/// A function whose result tells whether a lock is held, such as `lock_is_held`.
public struct LockQuery: Sendable, Equatable {
  public var name: String
  public var lock: LockPath
  /// The result is about this task; otherwise anyone may be the holder (`mutex_is_locked`).
  public var isAboutCaller: Bool
  /// Index into `LockRules.families` where only locks of one family can be meant.
  public var family: Int?

  public init(name: String, lock: LockPath, isAboutCaller: Bool, family: Int? = nil) {
    self.name = name
    self.lock = lock
    self.isAboutCaller = isAboutCaller
    self.family = family
  }
}
