/// A file that the parser must see with these bytes, whatever is on disk.
public struct UnsavedFile: Sendable, Hashable {
  /// Absolute path.
  public var path: String
  public var bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// How one file of one version of a tree is to be parsed.
public struct CompileSetting: Sendable, Hashable {
  /// Where the flags come from, best first.
  public enum Source: String, Sendable, Hashable {
    /// kbuild's own record of a build, `.file.o.cmd`.
    case buildDirectory
    /// An entry of `compile_commands.json`.
    case compileCommands
    /// A prepared tree's configuration and generated headers, with flags read from Makefiles.
    case workTree
    /// The commit's own Kconfig and Makefiles, with generated headers made up.
    case madeUp
  }

  /// Flags for libclang; all paths in them are absolute, the file itself is not among them.
  public var arguments: [String]
  /// Where the build ran; only a relative `#line` or `__FILE__` needs it.
  public var workingDirectory: String
  /// The absolute path under which the file is to be parsed; it need not exist on disk.
  public var mainFile: String
  /// Headers (and included sources) that differ from what is on disk; sorted by path, the file
  /// itself is not among them.
  public var unsavedFiles: [UnsavedFile]
  public var source: Source
  /// The architecture as the folder below `arch/` is called.
  public var architecture: String
  /// What coverage says about the configuration: "x86, made up from the commit's Kconfig".
  public var note: String

  public init(
    arguments: [String], workingDirectory: String, mainFile: String, unsavedFiles: [UnsavedFile],
    source: Source, architecture: String, note: String
  ) {
    self.arguments = arguments
    self.workingDirectory = workingDirectory
    self.mainFile = mainFile
    self.unsavedFiles = unsavedFiles
    self.source = source
    self.architecture = architecture
    self.note = note
  }
}
