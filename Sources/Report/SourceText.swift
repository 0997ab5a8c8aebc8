public import Findings

/// Gives the text of files as the reviewed commits have them.
public protocol SourceText: Sendable {
  /// The text of `file` after `commit`, or before it on side `old`; nil when it cannot be had.
  ///
  /// - Parameter commit: 40 hexadecimal digits; nil means the index, the work tree or the disk,
  ///   whichever was reviewed.
  func text(of file: String, at commit: String?, side: Finding.Side) -> String?
}

/// Has no texts: reports then name places without showing them.
public struct NoSourceText: SourceText {
  public init() {}

  public func text(of file: String, at commit: String?, side: Finding.Side) -> String? { nil }
}
