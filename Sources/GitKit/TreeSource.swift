/// Where the files of one version of a tree come from.
///
/// That is a commit, the index, the work tree, patches applied in memory, or a plain folder.
/// Reading never writes anything.
public protocol TreeSource: Sendable {
  /// The bytes of the regular file at `path` (inside the tree, `/`-separated); nil when there is
  /// none, or when it is a symlink or submodule.
  func read(_ path: String) throws -> [UInt8]?
  /// The blob id of that file, computed where git has none; nil as for `read`.
  func blobID(of path: String) throws -> ObjectID?
  /// Names in the folder `path` ("" is the root), sorted; folders end in `/`. Empty when there is
  /// no such folder.
  func list(_ path: String) throws -> [String]
  /// Every regular file below the folder `path`, sorted by path, with its blob id.
  func files(below path: String) throws -> [(path: String, id: ObjectID)]
  /// A name for the whole content below `path` that changes when any file there does, or nil when
  /// finding it costs as much as reading: a git tree id for commits.
  func treeID(of path: String) throws -> ObjectID?
}
