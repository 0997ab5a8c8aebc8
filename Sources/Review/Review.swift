public import Findings

/// Reviews what a request asks for.
public enum Review {
  /// Walks the series, checks it and tells what each commit brings in.
  public static func run(
    _ request: ReviewRequest, progress: @escaping @Sendable (ReviewProgress) -> Void = { _ in }
  ) async throws -> ReviewResult {
    ReviewResult(notes: [.init(message: "no check is built in yet")])
  }
}
