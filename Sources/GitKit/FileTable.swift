internal import CLibgit2

/// A whole tree in memory: folders by path, with the ids that git would give them.
///
/// It stands for trees that have no object of their own, the index and the work tree.
struct FileTable: Sendable {
  struct File: Sendable {
    let path: String
    let mode: FileMode
    let id: ObjectID
  }

  private let folders: [String: Folder]
  private let ids: [String: ObjectID]

  init(_ files: [File]) {
    let sorted = files.sorted { precedes($0.path, $1.path) }
    var builder = Builder()
    _ = builder.folder("", of: sorted[...])
    folders = builder.folders
    ids = builder.ids
  }

  /// What is at the path; nil when there is nothing.
  subscript(path: String) -> Folder.Entry? {
    guard let slash = path.lastIndex(of: "/") else { return folders[""]?[path] }
    return folders[String(path[..<slash])]?[path[path.index(after: slash)...]]
  }

  func list(_ path: String) -> [String] {
    folders[path]?.entries.map { $0.mode == .folder ? $0.name + "/" : $0.name } ?? []
  }

  func files(below path: String) -> [(path: String, id: ObjectID)] {
    var found: [(path: String, id: ObjectID)] = []
    collect(path, into: &found)
    return found
  }

  func treeID(of path: String) -> ObjectID? { ids[path] }

  private func collect(_ path: String, into found: inout [(path: String, id: ObjectID)]) {
    for entry in folders[path]?.entries ?? [] {
      let inner = path.isEmpty ? entry.name : path + "/" + entry.name
      if entry.mode == .folder {
        collect(inner, into: &found)
      } else if entry.mode.isFile {
        found.append((inner, entry.id))
      }
    }
  }

  private struct Builder {
    var folders: [String: Folder] = [:]
    var ids: [String: ObjectID] = [:]

    /// Makes the folder `path` of all files below it, which stand in order; gives its id.
    mutating func folder(_ path: String, of files: ArraySlice<File>) -> ObjectID {
      let start = path.isEmpty ? 0 : path.utf8.count + 1
      var entries: [Folder.Entry] = []
      var rest = files
      while let file = rest.first {
        let name = file.path.utf8.dropFirst(start).prefix { $0 != UInt8(ascii: "/") }
        let end = start + name.count
        guard file.path.utf8.count > end else {
          entries.append(.init(name: String(name) ?? "", mode: file.mode, id: file.id))
          rest = rest.dropFirst()
          continue
        }
        let inner = rest.prefix {
          $0.path.utf8.count > end && $0.path.utf8.dropFirst(start).starts(with: name)
            && $0.path.utf8.dropFirst(end).first == UInt8(ascii: "/")
        }
        let id = folder(String(file.path.utf8.prefix(end)) ?? "", of: inner)
        entries.append(.init(name: String(name) ?? "", mode: .folder, id: id))
        rest = rest[inner.endIndex...]
      }
      let folder = Folder(entries: entries)
      folders[path] = folder
      let id = ObjectID.hash(folder.treeObject, kind: GIT_OBJECT_TREE)
      ids[path] = id
      return id
    }
  }
}
