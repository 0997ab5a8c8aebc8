import Dispatch
import Foundation

/// Ends the program when a review does not end by itself in its time.
///
/// A review looks at its budget between two files; what it does in between, such as indexing a
/// whole tree, cannot be interrupted.
struct HardDeadline {
  private let timer: any DispatchSourceTimer

  /// - Parameter end: says what was not done and gives the exit code.
  init(after seconds: Double, end: @escaping @Sendable () -> Int32) {
    let timer = DispatchSource.makeTimerSource(queue: .global(qos: .userInteractive))
    timer.schedule(deadline: .now() + seconds)
    timer.setEventHandler { exit(end()) }
    timer.resume()
    self.timer = timer
  }

  func cancel() { timer.cancel() }
}
