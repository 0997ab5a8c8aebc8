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
  /// The made-up headers, where no build is used.
  let madeUp: MadeUpSet?
  let note: String

  /// Folders whose headers are given to the parser as a whole.
  var wholeFolders: [String] { Self.wholeFolders(architecture) }

  static func wholeFolders(_ architecture: Architecture) -> [String] {
    ["include", "arch/\(architecture.name)/include"]
  }
}
