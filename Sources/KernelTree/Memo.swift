import Synchronization

/// Answers that are found once and shared by every copy of the value that asks.
///
/// A class because copies must share it. The answer is computed under the lock: two tasks that ask
/// for the same thing wait for one computation.
final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let known = Mutex<[Key: Value]>([:])

  /// The answer for `key`, computed on the first call; an error is not remembered.
  func value<Failure: Error>(
    for key: Key, compute: (Key) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let result: Result<Value, Failure> = known.withLock { known in
      if let value = known[key] { return .success(value) }
      do throws(Failure) {
        let value = try compute(key)
        known[key] = value
        return .success(value)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
