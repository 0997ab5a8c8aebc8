/// For which results of a call its operation has happened.
public enum LockOutcome: String, Sendable, CaseIterable {
  /// Whatever the result is.
  case always
  /// A result that is not zero, as `spin_trylock` returns.
  case nonzero
  /// Zero, as `mutex_lock_interruptible` returns, whose failures are negative errors.
  case zero
  /// A pointer that is not NULL.
  case nonnull
  /// A pointer that is neither NULL nor an `ERR_PTR`.
  case valid
  /// A pointer, NULL too, that is not an `ERR_PTR`.
  case notError = "not-error"
  /// Zero and more, where failures are negative errors.
  case notNegative = "not-negative"
}
