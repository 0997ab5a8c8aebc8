import Foundation

/// A kernel that was built or prepared: its records, configuration and generated headers on disk.
struct BuildDirectory: Sendable {
  /// Where objects and generated headers are, absolute.
  let root: String
  /// Where the source is, absolute; the same folder unless the build had an `O=`.
  let sourceRoot: String
  /// The folder below `arch/` that was built for; nil when only records say it.
  let architecture: String?
  /// It has generated headers: every file can be parsed, recorded or not.
  let isPrepared: Bool
  private let database: CompileDatabase?

  /// Opens a folder or a `compile_commands.json`; throws when it is neither.
  init(path: String) throws(KernelTreeError) {
    var isFolder: ObjCBool = false
    let path = Self.realPath(path)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .notABuild(path: path, reason: "there is no such file or folder")
    }
    if isFolder.boolValue {
      try self.init(folder: path)
    } else {
      try self.init(databaseFile: path)
    }
  }

  private init(folder: String) throws(KernelTreeError) {
    root = folder
    isPrepared = Self.exists(folder + "/include/generated/autoconf.h")
    let databaseFile = folder + "/compile_commands.json"
    database = Self.exists(databaseFile) ? try CompileDatabase(path: databaseFile) : nil
    guard isPrepared || database != nil || Self.exists(folder + "/.config") else {
      throw .notABuild(
        path: folder,
        reason: "it has neither .config nor include/generated/autoconf.h nor compile_commands.json")
    }
    architecture = Self.architecture(of: folder)
    sourceRoot = Self.sourceRoot(of: folder) ?? database.flatMap(Self.sourceRoot) ?? folder
  }

  private init(databaseFile: String) throws(KernelTreeError) {
    let database = try CompileDatabase(path: databaseFile)
    guard let common = database.commonFolder else {
      throw .notABuild(path: databaseFile, reason: "it names no C file")
    }
    // The commands of one build share their folder; any of them names it.
    let folder =
      database.commands.min { $0.key < $1.key }?.value.directory
      ?? TreePath.folder(of: databaseFile)
    root = Self.realPath(folder)
    self.database = database
    isPrepared = Self.exists(root + "/include/generated/autoconf.h")
    architecture = Self.architecture(of: root)
    // All entries may lie in one folder of a tree that has others.
    let isBelow = common == root || common.hasPrefix(root + "/")
    sourceRoot =
      Self.sourceRoot(of: root) ?? Self.sourceRoot(of: database) ?? (isBelow ? root : common)
  }

  /// A work tree in which a kernel was configured and prepared, or nil.
  static func inWorkTree(_ root: String) -> BuildDirectory? {
    guard exists(root + "/include/generated/autoconf.h") else { return nil }
    return try? BuildDirectory(path: root)
  }

  /// Whether files of an architecture can be parsed with this build.
  func serves(_ wanted: Architecture) -> Bool {
    architecture == nil || architecture == wanted.name
  }

  /// How the file of the tree was compiled, and where that is written.
  ///
  /// - Parameter module: the folder of an out-of-tree module that `path` belongs to; its records
  ///   stand beside its sources.
  func recorded(
    for path: String, module: String? = nil
  ) -> (command: CompileCommand, source: CompileSetting.Source)? {
    let record = TreePath.joined(
      TreePath.joined(module ?? root, TreePath.folder(of: path)),
      "." + TreePath.name(of: path).replacing(/\.c$/, with: ".o.cmd"))
    if path.hasSuffix(".c"), let bytes = FileManager.default.contents(atPath: record),
      let words = KbuildRecord.words(in: String(decoding: bytes, as: UTF8.self))
    {
      return (CompileCommand(directory: root, words: words), .buildDirectory)
    }
    guard let command = database?.commands[(module ?? sourceRoot) + "/" + path] else { return nil }
    return (command, .compileCommands)
  }

  /// `CONFIG_` symbols that are set, by name without the prefix; strings without quotes.
  func configuration() -> [String: String] {
    guard let bytes = FileManager.default.contents(atPath: root + "/include/generated/autoconf.h")
    else { return [:] }
    return Autoconf.symbols(in: String(decoding: bytes, as: UTF8.self))
  }

  // MARK: Finding the source

  /// The source of an out-of-tree build is named by its `source` link or its Makefile.
  private static func sourceRoot(of folder: String) -> String? {
    if exists(folder + "/Kconfig") && exists(folder + "/scripts") { return folder }
    if exists(folder + "/source/Kconfig") { return realPath(folder + "/source") }
    guard let bytes = FileManager.default.contents(atPath: folder + "/Makefile"),
      let match = String(decoding: bytes, as: UTF8.self)
        .firstMatch(of: #/(?m)^include\s+(/\S+)/Makefile\s*$/#)
    else { return nil }
    return realPath(String(match.1))
  }

  private static func sourceRoot(of database: CompileDatabase) -> String? {
    var folder = database.commonFolder ?? ""
    while folder.count > 1 {
      if exists(folder + "/Kconfig") && exists(folder + "/scripts") { return folder }
      folder = TreePath.folder(of: folder)
    }
    return nil
  }

  /// `.config` begins with "# Linux/x86 6.12.0 Kernel Configuration".
  private static func architecture(of folder: String) -> String? {
    guard let handle = FileHandle(forReadingAtPath: folder + "/.config"),
      let bytes = try? handle.read(upToCount: 400),
      let match = String(decoding: bytes, as: UTF8.self).firstMatch(of: #/# Linux/([a-z0-9_]+) /#)
    else { return nil }
    return Architecture.folderName(String(match.1))
  }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  private static func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else {
      return TreePath.absolute(path, in: FileManager.default.currentDirectoryPath)
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
