import Foundation
import Review

/// How far the reading of a tree is: files, rate and the time that is left.
final class IndexProgress: Sendable {
  private let line: ProgressLine
  private let start = ContinuousClock.now

  init(isQuiet: Bool) { line = ProgressLine(isQuiet: isQuiet) }

  func show(done: Int, total: Int) {
    let elapsed = ContinuousClock.now - start
    let seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    guard seconds > 0, done > 0 else { return }
    let rate = Double(done) / seconds
    let left = Int((Double(total - done) / rate).rounded(.up))
    line.show(
      ReviewProgress(
        done: done, total: total,
        activity: "indexing the tree: \(Int(rate)) files/s, about \(left) s left"))
  }

  func clear() { line.clear() }
}
