import GitKit

/// What all versions share for one architecture: headers on disk and a configuration.
struct Environment: Sendable {
  /// Absolute path under which the tree's files are parsed.
  let root: String
  /// The folder with `include/generated`; equal to `root` for a build in the tree.
  let generated: String
  let architecture: Architecture
  let configuration: [String: String]
  /// The build, when there is one for this architecture.
  let build: BuildDirectory?
  /// Headers of the tree that are on disk below `root`.
  let disk: DiskTree
  /// Files elsewhere that headers of the whole folders name, where that is known.
  var outside: [String] = []
  /// The made-up headers, where no build is used.
  var madeUp: MadeUpSet?
  let note: String

  /// The kernel that an out-of-tree module is built against, when the tree is such a module.
  var kernel: (root: String, source: any TreeSource)?

  /// Folders whose headers are given to the parser as a whole.
  var wholeFolders: [String] { kernel == nil ? Self.wholeFolders(architecture) : [] }

  static func wholeFolders(_ architecture: Architecture) -> [String] {
    ["include", "arch/\(architecture.name)/include"]
  }

  /// True while everything that was written to the cache is still there.
  func isIntact(_ cache: CacheFolder) -> Bool {
    guard disk.cache != nil else { return true }
    return (madeUp.map { cache.isComplete($0.folder) } ?? true)
      && cache.isComplete(TreePath.folder(of: root))
  }

  /// Files of the tree that flags include before the first line, but those of whole folders.
  func forcedFiles(of arguments: [String]) -> [String] {
    zip(arguments, arguments.dropFirst()).compactMap { flag, value in
      guard flag == "-include", let path = TreePath.relative(value, to: root),
        !wholeFolders.contains(where: { path.hasPrefix($0 + "/") })
      else { return nil }
      return path
    }
  }

  /// Folders of the tree among the include folders, but those that are given as a whole.
  func searchedFolders(of arguments: [String]) -> [String] {
    zip(arguments, arguments.dropFirst()).compactMap { flag, value in
      guard flag == "-I" || flag == "-iquote" || flag == "-isystem",
        let folder = TreePath.relative(value, to: root),
        !wholeFolders.contains(where: { folder == $0 || folder.hasPrefix($0 + "/") })
      else { return nil }
      return folder
    }
  }
}
