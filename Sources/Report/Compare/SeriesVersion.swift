public import Findings

/// One version of a series, as two are compared.
public struct SeriesVersion: Sendable {
  public var result: ReviewResult
  /// The lines that each commit adds and takes away, with their sign; empty where only a saved
  /// report is at hand.
  public var changes: [String: Set<String>]

  public init(_ result: ReviewResult, changes: [String: Set<String>] = [:]) {
    self.result = result
    self.changes = changes
  }
}
