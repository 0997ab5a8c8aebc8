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

  /// The files below `folder` that the parser must be given to see `source`.
  ///
  /// These are the files that differ on disk or are missing there, and those on disk that `source`
  /// lacks.
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
      guard let bytes = try source.read(file.path) else { continue }
      if known == nil, onDisk(file.path) == bytes { continue }
      result.append(UnsavedFile(path: root + "/" + file.path, bytes: bytes))
    }
    guard let present else { return result }
    let kept = Set(wanted.map(\.path))
    for file in present where !kept.contains(file.path) && !Self.isGenerated(file.path) {
      var name = String(file.path.dropFirst(folder.count + 1))
      if name.hasPrefix("uapi/") { name.removeFirst(5) }
      result.append(absent(file.path, named: name))
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
    if let content, let id = try content.blobID(of: path) {
      return try id != source.blobID(of: path)
    }
    return onDisk(path) != bytes
  }

  /// True for a file on disk that belongs to other versions; what a build made belongs to all.
  func isStale(_ path: String) throws -> Bool {
    if cache != nil { return access(root + "/" + path, F_OK) == 0 }
    return try content?.blobID(of: path) != nil && !Self.isGenerated(path)
  }

  /// What stands in for a file that this version lacks although it is on disk.
  ///
  /// The search goes on in the next folder, and fails there as it should when none has the name.
  func absent(_ path: String, named name: String) -> UnsavedFile {
    UnsavedFile(path: root + "/" + path, bytes: Array("#include_next <\(name)>\n".utf8))
  }

  private func onDisk(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: root + "/" + path).map { [UInt8]($0) }
  }

  /// Headers that the build made are on disk and in no version.
  private static func isGenerated(_ path: String) -> Bool {
    path.hasPrefix("include/generated/") || path.hasPrefix("include/config/")
      || path.contains("/include/generated/")
  }
}
