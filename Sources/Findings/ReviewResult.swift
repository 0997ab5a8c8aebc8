/// All that a review found out; the same shape, key for key, as `--format json`.
public struct ReviewResult: Sendable, Equatable, Codable {
  /// The program that reviewed.
  public struct Tool: Sendable, Equatable, Codable {
    public var name: String
    public var version: String

    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }

    /// This program.
    public static let current = Tool(name: "lockstep", version: "0.1.0")
  }

  /// One reviewed commit.
  public struct Commit: Sendable, Equatable, Codable {
    /// 40 hexadecimal digits.
    public var oid: String
    /// First line of its message.
    public var subject: String
    /// Its number in the series, from 1.
    public var patch: Int

    public init(oid: String, subject: String, patch: Int) {
      self.oid = oid
      self.subject = subject
      self.patch = patch
    }
  }

  /// What was reviewed, oldest commit first; no commits for the index, the work tree and a scan.
  public struct Range: Sendable, Equatable, Codable {
    public var base: String?
    public var head: String?
    public var commits: [Commit]

    public init(base: String? = nil, head: String? = nil, commits: [Commit] = []) {
      self.base = base
      self.head = head
      self.commits = commits
    }

    /// Writes missing ends as null, as outside programs expect.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(base, forKey: .base)
      try container.encode(head, forKey: .head)
      try container.encode(commits, forKey: .commits)
    }
  }

  /// A remark that is no finding, such as a merge commit passed over.
  public struct Note: Sendable, Equatable, Codable {
    public var commit: String?
    public var message: String

    public init(commit: String? = nil, message: String) {
      self.commit = commit
      self.message = message
    }

    /// Writes a missing commit as null, as outside programs expect.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(commit, forKey: .commit)
      try container.encode(message, forKey: .message)
    }
  }

  /// A finding that somebody has answered beforehand; it counts for nothing.
  public struct Suppressed: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable {
      /// By a comment in the code.
      case inSource
      /// By a baseline, a report that was saved before.
      case external
    }

    public var finding: Finding
    public var kind: Kind
    public var reason: String

    public init(finding: Finding, kind: Kind, reason: String) {
      self.finding = finding
      self.kind = kind
      self.reason = reason
    }
  }

  public var tool: Tool
  public var range: Range
  public var coverage: [Coverage]
  /// In the order of the report: by commit, file, line, type.
  public var findings: [Finding]
  public var notes: [Note]
  public var suppressed: [Suppressed]

  public init(
    tool: Tool = .current, range: Range = Range(), coverage: [Coverage] = [],
    findings: [Finding] = [], notes: [Note] = [], suppressed: [Suppressed] = []
  ) {
    self.tool = tool
    self.range = range
    self.coverage = coverage
    self.findings = findings
    self.notes = notes
    self.suppressed = suppressed
  }

  /// Reads also reports of programs that knew no suppression.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    tool = try container.decode(Tool.self, forKey: .tool)
    range = try container.decode(Range.self, forKey: .range)
    coverage = try container.decode([Coverage].self, forKey: .coverage)
    findings = try container.decode([Finding].self, forKey: .findings)
    notes = try container.decodeIfPresent([Note].self, forKey: .notes) ?? []
    suppressed = try container.decodeIfPresent([Suppressed].self, forKey: .suppressed) ?? []
  }

  /// True when something that the range touches could not be analysed.
  public var isIncomplete: Bool { coverage.contains(where: \.incomplete) }

  /// The findings that counts and exit code go by.
  ///
  /// Not what was there before the range, and not what the range itself repairs: for that its
  /// BISECT_BREAK stands.
  public var counted: [Finding] { findings.filter { !$0.preexisting && $0.fixedIn == nil } }
}
