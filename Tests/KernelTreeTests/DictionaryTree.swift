import GitKit

/// A tree held in memory: paths and texts.
struct DictionaryTree: TreeSource {
  var texts: [String: String]

  func read(_ path: String) throws -> [UInt8]? { texts[path].map { Array($0.utf8) } }

  func blobID(of path: String) throws -> ObjectID? { texts[path].map { Self.id(of: [$0]) } }

  func list(_ path: String) throws -> [String] {
    let prefix = path.isEmpty ? "" : path + "/"
    let names = texts.keys.filter { $0.hasPrefix(prefix) }.map { key -> String in
      let rest = key.dropFirst(prefix.count)
      guard let slash = rest.firstIndex(of: "/") else { return String(rest) }
      return String(rest[...slash])
    }
    return Set(names).sorted()
  }

  func files(below path: String) throws -> [(path: String, id: ObjectID)] {
    let prefix = path.isEmpty ? "" : path + "/"
    return texts.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
      .map { ($0.key, Self.id(of: [$0.value])) }
  }

  func treeID(of path: String) throws -> ObjectID? {
    let below = try files(below: path)
    return below.isEmpty ? nil : Self.id(of: below.map { "\($0.path) \($0.id)" })
  }

  /// As git names a file; folders get the name of a list.
  private static func id(of texts: [String]) -> ObjectID {
    ObjectID.blob(of: Array(texts.joined(separator: "\n").utf8))
  }
}
