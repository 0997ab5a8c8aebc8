/// What an acquire turns off on this CPU beside taking the lock, and the release turns on again.
public enum LockVariant: String, Sendable, CaseIterable {
  /// Nothing.
  case plain
  /// Bottom halves: `spin_lock_bh`.
  case bh
  /// Interrupts, which the release turns on whatever they were before: `spin_lock_irq`.
  case irq
  /// Interrupts, restored by the release from what the acquire saved: `spin_lock_irqsave`.
  case irqsave
}
