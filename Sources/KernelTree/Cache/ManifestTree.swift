import Foundation
import GitKit

/// What a header set on disk contains, from its list: a path and a blob id a line.
struct ManifestTree: TreeSource {
  /// The cache folder with `manifest` and `tree`.
  let folder: String
  /// Ids of the folders that are there as a whole, by path.
  let treeIDs: [String: ObjectID]
  private let lists = Memo<String, [(path: String, id: ObjectID)]>()

  init(folder: String, treeIDs: [String: ObjectID]) {
    self.folder = folder
    self.treeIDs = treeIDs
  }

  func read(_ path: String) throws -> [UInt8]? {
    FileManager.default.contents(atPath: "\(folder)/tree/\(path)").map { [UInt8]($0) }
  }

  func blobID(of path: String) throws -> ObjectID? {
    let files = try all()
    var (low, high) = (0, files.count)
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low < files.count && files[low].path == path ? files[low].id : nil
  }

  func list(_ path: String) throws -> [String] { [] }

  func files(below path: String) throws -> [(path: String, id: ObjectID)] {
    try all().filter { $0.path.hasPrefix(path + "/") }
  }

  func treeID(of path: String) throws -> ObjectID? { treeIDs[path] }

  // MARK: The list

  /// The bytes of the list for `files`.
  static func manifest(of files: [(path: String, id: ObjectID)]) -> [UInt8] {
    files.flatMap { $0.id.bytes + Array($0.path.utf8) + [UInt8(ascii: "\n")] }
  }

  private func all() throws -> [(path: String, id: ObjectID)] {
    try lists.value(for: "") { _ in
      guard let data = FileManager.default.contents(atPath: folder + "/manifest") else {
        throw KernelTreeError.cache(path: folder, reason: "its list of files is gone")
      }
      let bytes = [UInt8](data)
      var result: [(path: String, id: ObjectID)] = []
      var index = 0
      while index + 20 < bytes.count,
        let end = bytes[(index + 20)...].firstIndex(of: UInt8(ascii: "\n"))
      {
        let path = String(decoding: bytes[(index + 20)..<end], as: UTF8.self)
        result.append((path, ObjectID(bytes: bytes[index..<(index + 20)])))
        index = end + 1
      }
      return result.sorted { $0.path < $1.path }
    }
  }
}
