/// Another tree with some files added, replaced or deleted in memory.
public struct OverlayTree: TreeSource {
  private struct File: Sendable {
    let bytes: [UInt8]
    let id: ObjectID
  }

  private let base: any TreeSource
  /// By path; nil for a file that is deleted.
  private var changes: [String: File?] = [:]

  public init(_ base: any TreeSource) {
    // One layer is enough, however long a series is.
    if let overlay = base as? OverlayTree {
      self = overlay
    } else {
      self.base = base
    }
  }

  /// Adds the file or replaces it.
  public mutating func write(_ bytes: [UInt8], to path: String) {
    changes[path] = .some(File(bytes: bytes, id: .blob(of: bytes)))
  }

  public mutating func delete(_ path: String) { changes[path] = .some(nil) }

  /// The paths that differ from the tree below, or once did; sorted.
  public var changedPaths: [String] { changes.keys.sorted(by: precedes) }

  public func read(_ path: String) throws -> [UInt8]? {
    if let change = changes[path] { return change?.bytes }
    return try base.read(path)
  }

  public func blobID(of path: String) throws -> ObjectID? {
    if let change = changes[path] { return change?.id }
    return try base.blobID(of: path)
  }

  public func list(_ path: String) throws -> [String] {
    let prefix = path.isEmpty ? "" : path + "/"
    var names = Set(try base.list(path))
    for (changed, file) in changes where changed.hasPrefix(prefix) {
      let rest = changed.dropFirst(prefix.count)
      guard let slash = rest.firstIndex(of: "/") else {
        if file == nil { names.remove(String(rest)) } else { names.insert(String(rest)) }
        continue
      }
      let folder = String(rest[...slash])
      // A folder goes with its last file.
      if file != nil {
        names.insert(folder)
      } else if try files(below: prefix + folder.dropLast()).isEmpty {
        names.remove(folder)
      }
    }
    return names.sorted(by: precedes)
  }

  public func files(below path: String) throws -> [(path: String, id: ObjectID)] {
    let prefix = path.isEmpty ? "" : path + "/"
    let kept = try base.files(below: path).filter { changes[$0.path] == nil }
    let added = changes.compactMap { changed, file in
      changed.hasPrefix(prefix) ? file.map { (path: changed, id: $0.id) } : nil
    }
    if added.isEmpty { return kept }
    return (kept + added).sorted { precedes($0.path, $1.path) }
  }

  /// The base's own id where nothing changed, else a hash of that and of what did.
  public func treeID(of path: String) throws -> ObjectID? {
    guard let id = try base.treeID(of: path) else { return nil }
    let prefix = path.isEmpty ? "" : path + "/"
    let changed = changedPaths.filter { $0.hasPrefix(prefix) }
    if changed.isEmpty { return id }
    let lines = changed.map { "\($0)\0\(changes[$0]??.id.description ?? "deleted")\0" }
    return ObjectID.blob(of: Array("overlay of \(id)\0\(lines.joined())".utf8))
  }
}
