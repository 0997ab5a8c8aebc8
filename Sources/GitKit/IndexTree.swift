/// What is staged, as it was when the value was made.
///
/// Of a file that a merge left unresolved it has our side. A file of `git add -N` is not there yet.
public struct IndexTree: TreeSource {
  private let repository: Repository
  private let table: FileTable
  let index: IndexFile

  /// Paths that a merge left unresolved, sorted.
  public let conflicts: [String]

  init(_ repository: Repository, _ index: IndexFile) {
    self.repository = repository
    self.index = index
    let ours = index.entries.filter { ($0.stage == 0 || $0.stage == 2) && !$0.isIntentToAdd }
    table = FileTable(ours.map { FileTable.File(path: $0.path, mode: $0.mode, id: $0.id) })
    conflicts = Set(index.entries.filter { $0.stage > 0 }.map(\.path)).sorted(by: precedes)
  }

  public func read(_ path: String) throws -> [UInt8]? {
    guard let id = try blobID(of: path) else { return nil }
    return try repository.blob(id, what: "'\(path)'")
  }

  public func blobID(of path: String) throws -> ObjectID? {
    table[path].flatMap { $0.mode.isFile ? $0.id : nil }
  }

  public func list(_ path: String) throws -> [String] { table.list(path) }

  public func files(below path: String) throws -> [(path: String, id: ObjectID)] {
    table.files(below: path)
  }

  /// The id that the folder would have in a commit.
  public func treeID(of path: String) throws -> ObjectID? { table.treeID(of: path) }
}
