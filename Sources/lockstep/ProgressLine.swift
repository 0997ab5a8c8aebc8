import Foundation
import Report
import Review

/// One line on the user's terminal that says how far a review is; nothing anywhere else.
final class ProgressLine: Sendable {
  private let isShown: Bool

  init(isQuiet: Bool) { isShown = !isQuiet && isatty(STDERR_FILENO) == 1 }

  func show(_ progress: ReviewProgress) {
    guard isShown else { return }
    let count = progress.total > 0 ? "[\(progress.done)/\(progress.total)] " : ""
    write(count + progress.activity.visible().prefix(100))
  }

  /// Takes the line away.
  func clear() {
    if isShown { write("") }
  }

  private func write(_ text: String) {
    ErrorOutput.write("\r\u{1b}[K\(text)")
  }
}
