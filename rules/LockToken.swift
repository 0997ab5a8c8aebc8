/// Where a value passes that an acquire gives and its release wants back.
///
/// The saved interrupt flags of `spin_lock_irqsave`, or the index of `srcu_read_lock`.
public enum LockToken: Sendable, Equatable, Hashable {
  /// The call returns it.
  case result
  /// An argument is it, counted from 0.
  case argument(Int)
  /// It lies where an argument points to.
  case pointee(Int)
}
