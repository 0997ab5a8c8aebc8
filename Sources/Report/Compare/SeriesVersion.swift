public import Findings

/// One version of a series, as two are compared.
public struct SeriesVersion: Sendable {
  public var result: ReviewResult
  /// The lines of each commit's patch, without the numbers of lines; empty where only a saved report
  /// is at hand.
  public var patches: [String: [String]]
  /// How many lines a diff of two patches has.
  public var difference: @Sendable ([String], [String]) -> Int

  public init(
    _ result: ReviewResult, patches: [String: [String]] = [:],
    difference: @escaping @Sendable ([String], [String]) -> Int = { $0.count + $1.count }
  ) {
    self.result = result
    self.patches = patches
    self.difference = difference
  }
}
