import Foundation
import GitKit

/// Files on disk that stand for files of a version when they are the same.
struct DiskTree: Sendable {
  /// Absolute path of the tree's root.
  let root: String
  /// What is on disk there, where somebody knows it; else the files are read and compared.
  let content: (any TreeSource)?
  /// Set when files may be added: the root is in the cache.
  var cache: CacheFolder?

  /// The files below `folder` of `source` that differ on disk or are missing there, and those on
  /// disk that `source` lacks.
  func differences(below folder: String, from source: any TreeSource) throws -> [UnsavedFile] {
    if let content, let left = try content.treeID(of: folder),
      try left == source.treeID(of: folder)
    {
      return []
    }
    let wanted = try source.files(below: folder)
    let present = try content?.files(below: folder)
    let known = present.map { Dictionary($0.map { ($0.path, $0.id) }) { first, _ in first } }
    var result: [UnsavedFile] = []
    for file in wanted {
      if let known, known[file.path] == file.id { continue }
      let path = root + "/" + file.path
      guard let bytes = try source.read(file.path) else { continue }
      if known == nil, onDisk(file.path) == bytes { continue }
      result.append(UnsavedFile(path: path, bytes: bytes))
    }
    if let present {
      let kept = Set(wanted.map(\.path))
      for file in present where !kept.contains(file.path) && !Self.isGenerated(file.path) {
        result.append(
          UnsavedFile(path: root + "/" + file.path, bytes: Self.absent(file.path, below: folder)))
      }
    }
    return result
  }

  /// True when the file is not on disk with these bytes, and cannot be put there.
  func differs(from file: IncludeScanner.Found, in source: any TreeSource) throws -> Bool {
    if let cache {
      if onDisk(file.path) == nil { try cache.add(file.bytes, at: root + "/" + file.path) }
      return onDisk(file.path) != file.bytes
    }
    if let content, let id = try content.blobID(of: file.path) {
      return try id != source.blobID(of: file.path)
    }
    return onDisk(file.path) != file.bytes
  }

  private func onDisk(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: root + "/" + path).map { [UInt8]($0) }
  }

  /// Headers that the build made are on disk and in no version.
  private static func isGenerated(_ path: String) -> Bool {
    path.hasPrefix("include/generated/") || path.hasPrefix("include/config/")
      || path.contains("/include/generated/")
  }

  /// What stands in for a file that this version lacks although it is on disk: the search goes on
  /// in the next folder, and fails there as it should when no other has the name.
  private static func absent(_ path: String, below folder: String) -> [UInt8] {
    var name = String(path.dropFirst(folder.count + 1))
    if name.hasPrefix("uapi/") { name.removeFirst(5) }
    return Array("#include_next <\(name)>\n".utf8)
  }
}
