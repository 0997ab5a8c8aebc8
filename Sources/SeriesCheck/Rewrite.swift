public import Findings

/// SERIES_REWRITE: a patch takes away more than half of the lines that an earlier one added.
public struct Rewrite: Equatable, Sendable {
  public struct Place: Equatable, Sendable {
    public var path: String
    public var line: Int
  }

  /// Indices of both patches in the series.
  public var earlier: Int
  public var later: Int
  /// A line that goes, in the file as it is after the earlier patch.
  public var added: Place
  /// The same in the file as it is after the later patch.
  public var removed: Place
  /// How many of the lines go, and how many the earlier patch added.
  public var lines: Int
  public var size: Int

  /// What there is to say to the author of the earlier patch.
  public func finding(_ first: ReviewResult.Commit, _ second: ReviewResult.Commit) -> Finding {
    let name = "patch \(second.patch) (\"\(second.subject)\")"
    return Finding(
      type: .seriesRewrite, file: added.path, line: added.line,
      message: "\(name) rewrites \(lines) of the \(size) lines that patch \(first.patch) adds; "
        + "whoever reviews the series in its order reads them for nothing",
      remedy: "Let patch \(first.patch) bring in what stays: "
        + "git commit --fixup=\(first.oid.prefix(12))",
      fingerprint: Fingerprint(.seriesRewrite, [first.subject, second.subject]),
      related: [
        .init(file: removed.path, line: removed.line, message: "\(name) rewrites them here")
      ],
      data: [
        "rewrittenBy": .string(second.oid), "lines": .integer(lines), "size": .integer(size),
      ])
  }
}
