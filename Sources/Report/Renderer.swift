public import Findings

/// Turns a result into the text of one format.
public protocol Renderer: Sendable {
  /// The whole report, ending in a newline unless it is empty.
  ///
  /// The same result gives the same bytes.
  func render(_ result: ReviewResult) throws -> String
}

/// What a user may choose about the look of a report; each format takes what it has a use for.
public struct ReportOptions: Sendable {
  /// Colours, by terminal escape sequences.
  public var isColored: Bool
  /// Findings only: no counts and, where nothing was lost, no coverage.
  public var isQuiet: Bool
  /// Remarks with their code, and every file that was not read whole.
  public var isVerbose: Bool
  /// The level before the type, as checkpatch's `--show-types` prints it.
  public var showsTypes: Bool
  /// What a type means, in one line.
  public var summary: @Sendable (FindingType) -> String
  /// Where the lines of code come from that a report shows.
  public var sources: any SourceText
  /// The patches that a report answers.
  public var patches: any PatchSource = NoPatches()

  public init(
    isColored: Bool = false, isQuiet: Bool = false, isVerbose: Bool = false,
    showsTypes: Bool = false, summary: @escaping @Sendable (FindingType) -> String = \.rawValue,
    sources: any SourceText = NoSourceText()
  ) {
    self.isColored = isColored
    self.isQuiet = isQuiet
    self.isVerbose = isVerbose
    self.showsTypes = showsTypes
    self.summary = summary
    self.sources = sources
  }
}
