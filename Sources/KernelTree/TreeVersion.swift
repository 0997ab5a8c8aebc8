import Foundation
public import GitKit

/// One version of a kernel tree, ready to say how its files are parsed.
///
/// Copies share what they have found out; it may be used from several tasks.
public struct TreeVersion: Sendable {
  let tree: KernelTree
  let source: any TreeSource
  private let outlooks = Memo<String, Outlook>()

  init(tree: KernelTree, source: any TreeSource) {
    self.tree = tree
    self.source = source
  }

  /// How the file `path` of this version is to be parsed.
  ///
  /// Any source file or header may be asked for, built or not, there or not.
  /// - Throws: `KernelTreeError`, or the source's own error when the tree cannot be read.
  public func setting(for path: String) throws -> CompileSetting {
    let outlook = try outlook(tree.architecture(for: path))
    let environment = outlook.environment
    var setting = try outlook.command(for: path)
    var unsaved = outlook.changedHeaders
    let scanner = IncludeScanner(
      source: source, disk: environment.disk, wholeFolders: environment.wholeFolders)
    let searched = environment.searchedFolders(of: setting.arguments)
    for file in try scanner.unsaved(from: path, searched: searched) {
      unsaved[file.path] = file.bytes
    }
    setting.unsavedFiles = unsaved.sorted { $0.key < $1.key }.map {
      UnsavedFile(path: $0.key, bytes: $0.value)
    }
    if let cache = environment.disk.cache {
      // Where an include has `..`, the folder that it starts from must be there.
      let folders = searched + [TreePath.folder(of: path)]
      for folder in folders { try cache.makeFolder(environment.root + "/" + folder) }
    }
    return setting
  }

  /// An id for what the parser saw in a file that it opened with `setting`.
  ///
  /// It is the same for two versions exactly when the file is; nil for a file that is not there.
  /// - Parameter file: absolute path, as the parser names it.
  public func contentID(of file: String, in setting: CompileSetting) throws -> ObjectID? {
    let file = TreePath.normalized(file) ?? file
    let environment = try outlook(.named(setting.architecture)).environment
    if let path = TreePath.relative(file, to: environment.root),
      let id = try source.blobID(of: path)
    {
      return id
    }
    if let unsaved = setting.unsavedFiles.first(where: { $0.path == file }) {
      return ObjectID.blob(of: unsaved.bytes)
    }
    return tree.onDisk.value(for: file) { file in
      FileManager.default.contents(atPath: file).map { ObjectID.blob(of: [UInt8]($0)) }
    }
  }

  /// The path inside the tree of a file that the parser names; nil when it lies elsewhere, as
  /// generated headers may.
  public func treePath(of file: String, in setting: CompileSetting) throws -> String? {
    let environment = try outlook(.named(setting.architecture)).environment
    return TreePath.relative(TreePath.normalized(file) ?? file, to: environment.root)
  }

  /// What Kbuild makes of a source file under this version's configuration.
  public func buildRole(of path: String) throws -> BuildRole {
    try outlook(tree.architecture(for: path)).kbuild.role(of: path)
  }

  private func outlook(_ architecture: Architecture) throws -> Outlook {
    try outlooks.value(for: architecture.name) { _ in
      let environment = try tree.environment(for: architecture)
      var changed: [String: [UInt8]] = [:]
      for folder in environment.wholeFolders {
        for file in try environment.disk.differences(below: folder, from: source) {
          changed[file.path] = file.bytes
        }
      }
      var configuration = environment.configuration
      if let base = environment.madeUp {
        let own = try MadeUpSet(of: source, architecture: architecture, cache: tree.cache)
        configuration = own.configuration
        changed.merge(base.differences(to: own)) { $1 }
      }
      return Outlook(
        environment: environment,
        baseFlags: try BaseFlags(
          root: environment.root, generated: environment.generated, configuration: configuration,
          architecture: architecture
        ).flags(of: source),
        kbuild: KbuildReader(
          source: source, root: environment.root, configuration: configuration,
          architecture: architecture),
        changedHeaders: changed)
    }
  }

  /// The setting without unsaved files: as it was recorded, else from the Makefiles.
  private func commandSetting(for path: String, _ outlook: Outlook) throws -> CompileSetting {
    let environment = outlook.environment
    let architecture = environment.architecture
    var setting = CompileSetting(
      arguments: ["-x", "c", "--target=\(architecture.target)", "-w"],
      workingDirectory: environment.generated, mainFile: environment.root + "/" + path,
      unsavedFiles: [], source: environment.build == nil ? .madeUp : .workTree,
      architecture: architecture.name, note: environment.note)
    if let recorded = environment.build?.recorded(for: path) {
      let filter = FlagFilter(directory: recorded.command.directory, architecture: architecture)
      setting.arguments += filter.allowed(recorded.command.words)
      setting.workingDirectory = recorded.command.directory
      setting.source = recorded.source
    } else {
      setting.arguments += try derivedFlags(for: path, outlook)
    }
    return setting
  }

  private func derivedFlags(for path: String, _ outlook: Outlook) throws -> [String] {
    let environment = outlook.environment
    let filter = FlagFilter(
      directory: environment.root, architecture: environment.architecture)
    let flags = try outlook.kbuild.flags(of: path)
    let removed = Set(flags.removed)
    let added = filter.allowed(flags.added.filter { !removed.contains($0) })
    return outlook.baseFlags.filter { !removed.contains($0) }
      + withGeneratedFolders(added, environment)
      + KbuildReader.nameFlags(for: path, object: flags.object)
  }

  /// Each include folder of the tree once more where the build puts what it makes there.
  private func withGeneratedFolders(_ flags: [String], _ environment: Environment) -> [String] {
    guard environment.generated != environment.root else { return flags }
    var result: [String] = []
    for flag in flags {
      let isFolder = result.last == "-I"
      result.append(flag)
      if isFolder, let folder = TreePath.relative(flag, to: environment.root) {
        result += ["-I", environment.generated + "/" + folder]
      }
    }
    return result
  }

  /// Folders of the tree among the include folders, but those that are given as a whole.
  private func searchedFolders(
    of arguments: [String], _ environment: Environment
  ) -> [String] {
    zip(arguments, arguments.dropFirst()).compactMap { flag, value in
      guard flag == "-I" || flag == "-iquote" || flag == "-isystem",
        let folder = TreePath.relative(value, to: environment.root),
        !environment.wholeFolders.contains(where: { folder == $0 || folder.hasPrefix($0 + "/") })
      else { return nil }
      return folder
    }
  }
}
