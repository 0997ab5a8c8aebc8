/// What a call of one function does to one lock.
public struct LockOperation: Sendable, Equatable {
  /// The kinds of operations.
  public enum Action: String, Sendable, CaseIterable {
    case acquire
    case release
    /// From exclusive to shared, without a gap.
    case downgrade
    /// From shared to exclusive, without a gap.
    case upgrade
    /// Releases the lock and takes it again before it returns, as `cond_resched_lock` does.
    case drop
    /// Does something to the lock that depends on what cannot be seen; its state is unknown after.
    ///
    /// A path without an object means every lock of the family.
    case forget
  }

  /// For which value of an argument the operation happens.
  ///
  /// An argument that is no constant has another value than the named one.
  public struct Condition: Sendable, Equatable {
    public var argument: Int
    public var value: Int64
    /// Whether any value but `value` is meant.
    public var isNegated: Bool

    public init(argument: Int, value: Int64, isNegated: Bool = false) {
      self.argument = argument
      self.value = value
      self.isNegated = isNegated
    }
  }

  /// The called function.
  public var function: String
  /// What messages call it: the macro or the plainest of the functions that do the same.
  public var spokenName: String
  /// Index into `LockRules.families`.
  public var family: Int
  public var action: Action
  /// The mode taken or released; for `downgrade` and `upgrade` the mode afterwards.
  public var mode: LockMode = .exclusive
  public var variant: LockVariant = .plain
  public var lock: LockPath
  /// Results for which an acquire has happened.
  public var outcome: LockOutcome = .always
  public var token: LockToken?
  /// The call itself may sleep.
  public var sleeps = false
  public var condition: Condition?
  /// Order among operations that do the same: 0 for the one that people write.
  public var rank = 0
  /// How many operations the rules name before it: the common ones come first.
  public var position = 0

  public init(
    function: String, spokenName: String, family: Int, action: Action, lock: LockPath
  ) {
    self.function = function
    self.spokenName = spokenName
    self.family = family
    self.action = action
    self.lock = lock
  }
}
