/// One thing to tell the author of a patch.
public struct Finding: Sendable, Equatable, Codable {
  /// A step of the path that leads to the finding.
  public struct Step: Sendable, Equatable, Codable {
    public var file: String
    public var line: Int
    public var message: String

    public init(file: String, line: Int, message: String) {
      self.file = file
      self.line = line
      self.message = message
    }
  }

  /// Another place that belongs to the finding, such as the function that is repeated.
  public struct Related: Sendable, Equatable, Codable {
    public var file: String
    public var line: Int
    public var function: String?
    public var message: String

    public init(file: String, line: Int, function: String? = nil, message: String) {
      self.file = file
      self.line = line
      self.function = function
      self.message = message
    }

    /// Writes a missing function as null, as outside programs expect.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(file, forKey: .file)
      try container.encode(line, forKey: .line)
      try container.encode(function, forKey: .function)
      try container.encode(message, forKey: .message)
    }
  }

  /// Which version of the file `line` counts in.
  public enum Side: String, Sendable, Codable {
    case old
    case new
  }

  public var type: FindingType
  public var severity: Severity
  public var confidence: Confidence
  public var file: String
  /// Line and column, from 1, in the file as it is after the commit (before it on side `old`).
  public var line: Int
  public var column: Int
  public var function: String?
  /// What a maintainer would write under that line: one or two sentences.
  public var message: String
  /// What to do about it, in an imperative sentence; empty when the message says it.
  public var remedy: String
  public var side: Side
  /// The commit that brought it in; nil for plain files.
  public var commit: String?
  /// Number of that commit in the series, from 1, and the length of the series.
  public var patch: Int?
  public var patches: Int?
  /// The commit of the same series that takes it away again.
  public var fixedIn: String?
  /// True when it was there before the range (only shown with `--all`).
  public var preexisting: Bool
  /// Names the finding across versions: type, function and content, no line numbers.
  public var fingerprint: String
  public var trace: [Step]
  public var related: [Related]
  public var data: [String: DataValue]

  /// A finding with the severity of its type, one step milder at low confidence.
  public init(
    type: FindingType, confidence: Confidence = .high, severity: Severity? = nil, file: String,
    line: Int, column: Int = 1, function: String? = nil, message: String, remedy: String = "",
    side: Side = .new, fingerprint: Fingerprint, trace: [Step] = [], related: [Related] = [],
    data: [String: DataValue] = [:]
  ) {
    let sure = severity ?? type.severity
    self.type = type
    self.severity = confidence == .low ? sure.lowered : sure
    self.confidence = confidence
    self.file = file
    self.line = line
    self.column = column
    self.function = function
    self.message = message
    self.remedy = remedy
    self.side = side
    self.commit = nil
    self.patch = nil
    self.patches = nil
    self.fixedIn = nil
    self.preexisting = false
    self.fingerprint = fingerprint.text
    self.trace = trace
    self.related = related
    self.data = data
  }

  /// Writes what is missing as null, as outside programs expect.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(type, forKey: .type)
    try container.encode(severity, forKey: .severity)
    try container.encode(confidence, forKey: .confidence)
    try container.encode(file, forKey: .file)
    try container.encode(line, forKey: .line)
    try container.encode(column, forKey: .column)
    try container.encode(function, forKey: .function)
    try container.encode(message, forKey: .message)
    try container.encode(remedy, forKey: .remedy)
    try container.encode(side, forKey: .side)
    try container.encode(commit, forKey: .commit)
    try container.encode(patch, forKey: .patch)
    try container.encode(patches, forKey: .patches)
    try container.encode(fixedIn, forKey: .fixedIn)
    try container.encode(preexisting, forKey: .preexisting)
    try container.encode(fingerprint, forKey: .fingerprint)
    try container.encode(trace, forKey: .trace)
    try container.encode(related, forKey: .related)
    try container.encode(data, forKey: .data)
  }
}
