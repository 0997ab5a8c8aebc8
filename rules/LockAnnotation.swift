/// What an annotation such as `__acquires(x)` says of a function.
public struct LockAnnotation: Sendable, Equatable {
  /// The promises.
  public enum Promise: String, Sendable, CaseIterable {
    /// Free at entry, held at exit.
    case acquires
    /// Held at entry, free at exit.
    case releases
    /// Held at entry and exit.
    case requires
    /// Free at entry.
    case excludes
    /// Held at some exits, depending on the result.
    case acquiresSometimes = "acquires-sometimes"
  }

  public var name: String
  public var promise: Promise
  /// The mode it speaks of, or nil for either.
  public var mode: LockMode?
  /// Which argument of the annotation names the lock.
  public var argument: Int

  public init(name: String, promise: Promise, mode: LockMode? = nil, argument: Int = 0) {
    self.name = name
    self.promise = promise
    self.mode = mode
    self.argument = argument
  }
}
