/// How far one file of one commit was understood.
///
/// What could not be analysed is always named here; a report without findings is worth only as
/// much as its coverage.
public struct Coverage: Sendable, Equatable, Codable {
  public enum Status: String, Sendable, Codable, CaseIterable {
    /// No error diagnostic with a place.
    case parsed
    /// Some functions were lost, or the parser had to repair the file.
    case degraded
    /// Not looked at; `reason` says why.
    case skipped
  }

  /// A function that could not be analysed.
  public struct Gap: Sendable, Equatable, Codable {
    public var function: String
    public var line: Int
    public var reason: String

    public init(function: String, line: Int, reason: String) {
      self.function = function
      self.line = line
      self.reason = reason
    }
  }

  /// The commit whose version of the file this is; nil for index, work tree and plain files.
  public var commit: String?
  public var file: String
  public var status: Status
  /// Why the status is not `parsed`, in a few words; empty when it is.
  public var reason: String
  /// Where the flags came from, such as "x86 allmodconfig, made up" or a build directory.
  public var config: String
  public var functions: [Gap]
  /// Changed lines that the configuration's `#if` leaves out, as [first, last].
  public var inactive: [ClosedRange<Int>]
  /// Functions of the file that the commit touches (all of them in a scan).
  public var touched: Int
  /// How many of those were analysed.
  public var analysed: Int
  /// True when something that the range touches was lost here: this is what exit code 3 means.
  public var incomplete: Bool

  public init(
    commit: String?, file: String, status: Status, reason: String = "", config: String = "",
    functions: [Gap] = [], inactive: [ClosedRange<Int>] = [], touched: Int = 0, analysed: Int = 0,
    incomplete: Bool = false
  ) {
    self.commit = commit
    self.file = file
    self.status = status
    self.reason = reason
    self.config = config
    self.functions = functions
    self.inactive = inactive
    self.touched = touched
    self.analysed = analysed
    self.incomplete = incomplete
  }

  /// Writes `commit` as null where there is none, as outside programs expect.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(commit, forKey: .commit)
    try container.encode(file, forKey: .file)
    try container.encode(status, forKey: .status)
    try container.encode(reason, forKey: .reason)
    try container.encode(config, forKey: .config)
    try container.encode(functions, forKey: .functions)
    try container.encode(inactive, forKey: .inactive)
    try container.encode(touched, forKey: .touched)
    try container.encode(analysed, forKey: .analysed)
    try container.encode(incomplete, forKey: .incomplete)
  }
}
