internal import Foundation

/// The texts of the files that a request is about, for showing lines of them.
public struct ReviewTexts: Sendable {
  private let request: ReviewRequest

  public init(_ request: ReviewRequest) { self.request = request }

  /// The text of `file` after `commit`, or before it; nil when it cannot be had.
  ///
  /// - Parameter commit: 40 hexadecimal digits; nil means the index, the work tree or the disk,
  ///   whichever the request is about.
  public func text(of file: String, at commit: String?, before: Bool) -> String? {
    nil
  }
}
