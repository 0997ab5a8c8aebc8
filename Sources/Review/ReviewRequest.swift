public import Findings

/// What to review and how: the command line as values, before anything was opened.
///
/// Paths are as the user gave them; relative ones count from `directory`.
public struct ReviewRequest: Sendable {
  /// What is reviewed.
  public enum Subject: Sendable, Equatable {
    /// Words as `git rev-list` takes them (`A..B`, `-3`, one commit); none means the default
    /// range, upstream to HEAD.
    case range([String])
    /// The index against HEAD.
    case staged
    /// The working tree against HEAD.
    case worktree
    /// Mails with patches, each as its bytes.
    case mails([[UInt8]])
    /// Whole files and folders as they are on disk; `tree` is the root that they belong to, found
    /// by looking upwards where it is nil.
    case files(tree: String?, paths: [String])
    /// A text that stands for the file `path` of the tree.
    case text([UInt8], path: String, tree: String?)
  }

  /// Which part of the work this run does, from 1.
  public struct Shard: Sendable, Equatable {
    public var index: Int
    public var count: Int

    public init(index: Int, count: Int) {
      self.index = index
      self.count = count
    }

    /// Whether a file is this part's, by its path alone (FNV-1a, Fowler, Noll and Vo).
    func takes(_ path: String) -> Bool {
      let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01b3
      }
      return hash % UInt64(count) == UInt64(index - 1)
    }
  }

  public var subject: Subject
  /// Where to look for the repository or the tree.
  public var directory: String
  /// A build directory or `compile_commands.json` to take flags and generated headers from.
  public var configFrom: String?
  /// A kernel tree with the headers for an out-of-tree module.
  public var kernelDirectory: String?
  public var architecture: String
  /// What patches are applied on, or compared with, instead of the default.
  public var base: String?
  /// The areas to check; series findings come from whatever these find.
  public var areas: Set<Area>
  /// Files that add to the built-in tables.
  public var rulesFiles: [String]
  /// True to keep what was there before the range.
  public var all: Bool
  /// How many workers; nil is one a core.
  public var jobs: Int?
  public var shard: Shard?
  /// Whether a file is this run's work.
  func takes(_ path: String) -> Bool { shard?.takes(path) ?? true }

  /// Seconds after which the rest is left out (and named).
  public var budget: Double?
  /// Where the tree index and other things made may be kept; nil keeps nothing.
  public var cacheDirectory: String?
  /// True to judge a mailed patch on the very texts that it was made for, where those of the base
  /// differ too much and the repository has the others.
  public var rebuildsFromPreimages: Bool

  public init(
    subject: Subject, directory: String = ".", configFrom: String? = nil,
    kernelDirectory: String? = nil, architecture: String = "x86", base: String? = nil,
    areas: Set<Area> = Set(Area.allCases), rulesFiles: [String] = [], all: Bool = false,
    jobs: Int? = nil, shard: Shard? = nil, budget: Double? = nil, cacheDirectory: String? = nil,
    rebuildsFromPreimages: Bool = false
  ) {
    self.subject = subject
    self.directory = directory
    self.configFrom = configFrom
    self.kernelDirectory = kernelDirectory
    self.architecture = architecture
    self.base = base
    self.areas = areas
    self.rulesFiles = rulesFiles
    self.all = all
    self.jobs = jobs
    self.shard = shard
    self.budget = budget
    self.cacheDirectory = cacheDirectory
    self.rebuildsFromPreimages = rebuildsFromPreimages
  }
}
