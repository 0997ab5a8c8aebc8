import GitKit

/// A tree of texts in memory.
struct TextTree: TreeSource {
  var files: [String: String]
  /// Paths that cannot be read.
  var broken: Set<String> = []
  /// False for a tree without names for the content of folders, as a plain folder is.
  var namesFolders = true

  init(_ files: [String: String]) { self.files = files }

  struct Broken: Error {}

  func read(_ path: String) throws -> [UInt8]? {
    if broken.contains(path) { throw Broken() }
    return files[path].map { Array($0.utf8) }
  }

  func blobID(of path: String) throws -> ObjectID? { files[path].map { Self.id(of: $0) } }

  func list(_ path: String) throws -> [String] {
    let prefix = path.isEmpty ? "" : path + "/"
    let names = files.keys.filter { $0.hasPrefix(prefix) }.map { file -> String in
      let rest = file.dropFirst(prefix.count)
      return rest.firstIndex(of: "/").map { String(rest[...$0]) } ?? String(rest)
    }
    return Set(names).sorted()
  }

  func files(below path: String) throws -> [(path: String, id: ObjectID)] {
    let prefix = path.isEmpty ? "" : path + "/"
    return files.filter { $0.key.hasPrefix(prefix) }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { ($0.key, Self.id(of: $0.value)) }
  }

  func treeID(of path: String) throws -> ObjectID? {
    guard namesFolders else { return nil }
    let inside = try files(below: path)
    return inside.isEmpty ? nil : Self.id(of: inside.map { "\($0.path) \($0.id)" }.joined())
  }

  /// No git id, but as good as one: 20 bytes that depend on every byte.
  static func id(of text: String) -> ObjectID {
    var lanes: [UInt64] = [1, 2, 3]
    for byte in text.utf8 {
      for lane in lanes.indices {
        lanes[lane] = (lanes[lane] ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(lane)
        lanes[lane] ^= lanes[lane] >> 29
      }
    }
    let bytes = lanes.flatMap { lane in (0..<8).map { UInt8(truncatingIfNeeded: lane >> ($0 * 8)) }
    }
    return ObjectID(bytes: bytes.prefix(20))
  }
}
