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

  /// Equal for equal texts, and different for the few texts of a test.
  private static func id(of texts: [String]) -> ObjectID {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in texts.joined(separator: "\n").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return ObjectID(
      bytes: (0..<20).map { UInt8(truncatingIfNeeded: hash >> (8 * UInt64($0 % 8))) })
  }
}
