/// The files of a commit, read from the object database: nothing is ever checked out.
public struct CommitTree: TreeSource {
  private let repository: Repository
  /// The git tree's id.
  public let id: ObjectID

  init(_ repository: Repository, id: ObjectID) {
    self.repository = repository
    self.id = id
  }

  public func read(_ path: String) throws -> [UInt8]? {
    guard let entry = try entry(path), entry.mode.isFile else { return nil }
    return try repository.blob(entry.id, what: "'\(path)'")
  }

  public func blobID(of path: String) throws -> ObjectID? {
    try entry(path).flatMap { $0.mode.isFile ? $0.id : nil }
  }

  /// What the path is, symlinks and submodules included; nil when there is nothing.
  public func mode(of path: String) throws -> FileMode? { try entry(path)?.mode }

  public func list(_ path: String) throws -> [String] {
    guard let folder = try folder(path) else { return [] }
    return folder.entries.map { $0.mode == .folder ? $0.name + "/" : $0.name }
  }

  public func files(below path: String) throws -> [(path: String, id: ObjectID)] {
    guard let folder = try folder(path) else { return [] }
    var files: [(path: String, id: ObjectID)] = []
    try collect(folder, prefix: path.isEmpty ? "" : path + "/", into: &files)
    return files
  }

  public func treeID(of path: String) throws -> ObjectID? {
    if path.isEmpty { return id }
    return try entry(path).flatMap { $0.mode == .folder ? $0.id : nil }
  }

  private func collect(
    _ folder: Folder, prefix: String, into files: inout [(path: String, id: ObjectID)]
  ) throws(GitError) {
    for entry in folder.entries {
      let path = prefix + entry.name
      if entry.mode == .folder {
        let inner = try repository.folder(entry.id, what: "The folder '\(path)'")
        try collect(inner, prefix: path + "/", into: &files)
      } else if entry.mode.isFile {
        files.append((path, entry.id))
      }
    }
  }

  private func folder(_ path: String) throws(GitError) -> Folder? {
    if path.isEmpty { return try repository.folder(id, what: "The root folder") }
    guard let entry = try entry(path), entry.mode == .folder else { return nil }
    return try repository.folder(entry.id, what: "The folder '\(path)'")
  }

  private func entry(_ path: String) throws(GitError) -> Folder.Entry? {
    var folder = try repository.folder(id, what: "The root folder")
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    for (place, name) in names.enumerated() {
      guard let entry = folder[name] else { return nil }
      if place == names.count - 1 { return entry }
      guard entry.mode == .folder else { return nil }
      folder = try repository.folder(
        entry.id, what: "The folder '\(names[...place].joined(separator: "/"))'")
    }
    return nil
  }
}
