public import GitKit

/// What the files of a kernel tree are compiled with, for the versions of one series.
///
/// Opened once a run on the series' base, whose unchanged headers are on disk for all versions: in
/// a build directory, in the work tree, or made up in the cache. Nothing of the tree is run, and
/// nothing is written anywhere but below `Options.cacheDirectory`.
public struct KernelTree: Sendable {
  /// What the user said, and what there is on disk.
  public struct Options: Sendable {
    /// Any name of an architecture (`x86_64`, `aarch64` …); files below another `arch/` folder are
    /// parsed for that one.
    public var architecture: String
    /// A build directory or a `compile_commands.json`.
    public var configFrom: String?
    /// Headers of a prepared kernel for an out-of-tree module.
    public var kernelDirectory: String?
    /// The root of the work tree on disk; nil for a bare repository.
    public var workTree: String?
    /// What is on disk in `workTree`; without it the files there are read and compared.
    public var workTreeContent: (any TreeSource)?
    /// The folder for made-up headers, usually `$XDG_CACHE_HOME/lockstep`; made when needed.
    public var cacheDirectory: String

    public init(
      cacheDirectory: String, architecture: String = "x86", configFrom: String? = nil,
      kernelDirectory: String? = nil, workTree: String? = nil,
      workTreeContent: (any TreeSource)? = nil
    ) {
      self.cacheDirectory = cacheDirectory
      self.architecture = architecture
      self.configFrom = configFrom
      self.kernelDirectory = kernelDirectory
      self.workTree = workTree
      self.workTreeContent = workTreeContent
    }
  }

  let options: Options
  let base: any TreeSource
  /// The build whose records and generated headers are used, where there is one.
  let build: BuildDirectory?
  /// Environments by architecture and origin.
  let environments = Memo<String, Environment>()
  /// What versions have in common, by tree and architecture.
  let outlooks = Memo<String, Outlook>()
  let sets = Memo<String, MadeUpSet>()
  let contents = Memo<String, (any TreeSource)?>()
  /// Ids of files by tree and path.
  let blobs = Memo<ObjectID, Memo<String, ObjectID?>>()
  /// Ids of files that belong to no version.
  let onDisk = Memo<String, ObjectID?>()

  /// Opens a tree.
  ///
  /// - Parameters:
  ///   - base: the version that most files of every other version share, as the range's base is.
  ///   - options: what the user said.
  /// - Throws: `KernelTreeError` when `configFrom` or `kernelDirectory` is no build.
  public init(base: any TreeSource, options: Options) throws(KernelTreeError) {
    self.base = base
    self.options = options
    if let path = options.kernelDirectory ?? options.configFrom {
      build = try BuildDirectory(path: path)
      if options.kernelDirectory != nil, build?.isPrepared == false {
        throw .notABuild(path: path, reason: "it has no include/generated/autoconf.h")
      }
    } else {
      build = options.workTree.flatMap(BuildDirectory.inWorkTree)
    }
  }

  /// One version of the tree: a commit, the index, the work tree, or patches in memory.
  public func version(_ source: any TreeSource) -> TreeVersion {
    TreeVersion(tree: self, source: source)
  }

  /// The architecture that a file is parsed for.
  ///
  /// It is that of its `arch/` folder, else that of the build that the user named, else the user's.
  func architecture(for path: String) -> Architecture {
    let parts = path.split(separator: "/", maxSplits: 2)
    if parts.count == 3 && parts[0] == "arch" { return .named(String(parts[1])) }
    let isNamed = options.configFrom != nil || options.kernelDirectory != nil
    if isNamed, let architecture = build?.architecture { return .named(architecture) }
    return .named(Architecture.folderName(options.architecture))
  }
}
