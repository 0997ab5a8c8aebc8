import Foundation
public import GitKit

/// One version of a kernel tree, ready to say how its files are parsed.
///
/// Copies share what they have found out; it may be used from several tasks.
public struct TreeVersion: Sendable {
  let tree: KernelTree
  let source: any TreeSource
  /// What was found out about a version without a name.
  private let own = Memo<String, Outlook>()

  init(tree: KernelTree, source: any TreeSource) {
    self.tree = tree
    self.source = source
  }

  /// How the file `path` of this version is to be parsed.
  ///
  /// Any source file or header may be asked for, built or not, there or not.
  /// - Throws: `KernelTreeError`, or the source's own error when the tree cannot be read.
  public func setting(for path: String) throws -> CompileSetting {
    let environment = try tree.environment(for: path)
    let outlook = try outlook(environment)
    var setting = try outlook.command(for: path)
    var unsaved = outlook.changedHeaders
    let scanner = IncludeScanner(
      source: source, disk: environment.disk, wholeFolders: environment.wholeFolders)
    let searched = environment.searchedFolders(of: setting.arguments)
    for file in try scanner.unsaved(from: path, searched: searched) {
      unsaved[file.path] = file.bytes
    }
    for forced in environment.forcedFiles(of: setting.arguments) {
      for file in try scanner.unsaved(from: forced, searched: searched, isHeader: true) {
        unsaved[file.path] = file.bytes
      }
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
    try contentIDs(of: [file], in: setting)[0]
  }

  /// The ids of many files at once, as `contentID(of:in:)` gives them.
  public func contentIDs(of files: [String], in setting: CompileSetting) throws -> [ObjectID?] {
    let environment = try tree.environment(of: setting)
    let unsaved = Dictionary(setting.unsavedFiles.map { ($0.path, $0.bytes) }) { first, _ in first }
    return try files.map { name in
      let file = TreePath.normalized(name) ?? name
      if let path = TreePath.relative(file, to: environment.root), let id = try blobID(of: path) {
        return id
      }
      if let bytes = unsaved[file] { return ObjectID.blob(of: bytes) }
      return tree.onDisk.value(for: file) { file in
        FileManager.default.contents(atPath: file).map { ObjectID.blob(of: [UInt8]($0)) }
      }
    }
  }

  /// The id of a file of this version; each is looked up once a tree.
  private func blobID(of path: String) throws -> ObjectID? {
    guard let id = try source.treeID(of: "") else { return try source.blobID(of: path) }
    let known = tree.blobs.value(for: id) { _ in Memo<String, ObjectID?>() }
    return try known.value(for: path) { try source.blobID(of: $0) }
  }

  /// The path inside the tree of a file that the parser names; nil when it lies elsewhere, as
  /// generated headers may.
  public func treePath(of file: String, in setting: CompileSetting) throws -> String? {
    let environment = try tree.environment(of: setting)
    return TreePath.relative(TreePath.normalized(file) ?? file, to: environment.root)
  }

  /// What Kbuild makes of a source file under this version's configuration.
  public func buildRole(of path: String) throws -> BuildRole {
    try outlook(tree.environment(for: path)).kbuild.role(of: path)
  }

  private func outlook(_ environment: Environment) throws -> Outlook {
    let key = environment.architecture.name + " " + environment.generated
    // A version that has a name is known to the tree, however often it is opened.
    if let id = try source.treeID(of: "") {
      return try tree.outlooks.value(for: "\(id) \(key)") { _ in try outlook(in: environment) }
    }
    return try own.value(for: key) { _ in try outlook(in: environment) }
  }

  private func outlook(in environment: Environment) throws -> Outlook {
    try Outlook(
      of: source, environment,
      madeUp: environment.madeUp == nil
        ? nil : try tree.madeUpSet(of: source, environment.architecture))
  }
}
