/// A kind of lock, such as mutexes.
public struct LockFamily: Sendable, Equatable {
  /// What taking the lock again does to one who holds it.
  public enum Nesting: String, Sendable, CaseIterable {
    /// Deadlock, whatever the modes.
    case never
    /// Shared over shared is fine; anything else is a deadlock.
    case shared
    /// Counted: as many releases as acquires are due.
    case counted
  }

  /// Name in the rules: `mutex`.
  public var name: String
  /// What messages call it: `mutex`, `read-write semaphore`.
  public var title: String
  public var nesting: Nesting = .never
  /// The holder must not sleep.
  public var isAtomic = false
  /// Who waits for it may sleep.
  public var acquireSleeps = false
  /// Commonly released by somebody else than its taker, by another task or on completion.
  ///
  /// So to return with it held says little, unless the exits disagree.
  public var isHandedOver = false
  /// A state of the CPU or task (interrupts off, RCU reader) and not of an object.
  public var isContext = false
  /// The variants of other families' operations that change this state too.
  ///
  /// `spin_lock_irq` is `spin_lock` and `local_irq_disable`.
  public var variants: Set<LockVariant> = []

  public init(name: String, title: String) {
    self.name = name
    self.title = title
  }

  /// Whether shared over shared is no deadlock.
  public var sharedNests: Bool { nesting != .never }
}
