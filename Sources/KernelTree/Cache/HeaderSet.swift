import Foundation
import GitKit
import Synchronization

/// The headers of a version's include folders, written to the cache once and used by all versions.
struct HeaderSet: Sendable {
  /// The cache folder; the tree's files are below `tree`.
  let folder: String
  /// What is in it.
  let content: ManifestTree

  /// Absolute path of the tree's root.
  var root: String { folder + "/tree" }

  /// Finds or writes the folders `wholeFolders` of `source`.
  init(of source: any TreeSource, wholeFolders: [String], cache: CacheFolder) throws {
    var treeIDs: [String: ObjectID] = [:]
    for folder in wholeFolders {
      treeIDs[folder] = try source.treeID(of: folder) ?? Self.id(of: source.files(below: folder))
    }
    let names = treeIDs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
    folder = try cache.folder("headers-1", key: "\(ObjectID.blob(of: Array(names.utf8)))") {
      try Self.fill($0, from: source, wholeFolders: wholeFolders)
    }
    content = ManifestTree(folder: folder, treeIDs: treeIDs)
  }

  private static func id(of files: [(path: String, id: ObjectID)]) -> ObjectID {
    ObjectID.blob(of: files.flatMap { Array($0.path.utf8) + [0] + $0.id.bytes })
  }

  private static func fill(
    _ folder: String, from source: any TreeSource, wholeFolders: [String]
  ) throws {
    let files = try wholeFolders.flatMap { try source.files(below: $0) }
    for place in Set(files.map { TreePath.folder(of: $0.path) }) {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/tree/\(place)", withIntermediateDirectories: true)
    }
    let failure = Mutex<(any Error)?>(nil)
    let total = Atomic<Int>(0)
    let share = 64
    DispatchQueue.concurrentPerform(iterations: (files.count + share - 1) / share) { turn in
      do {
        for file in files[(turn * share)..<min((turn + 1) * share, files.count)] {
          guard let bytes = try source.read(file.path) else { continue }
          try CacheFolder.write(bytes, to: "\(folder)/tree/\(file.path)")
          total.add(bytes.count, ordering: .relaxed)
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    try CacheFolder.write(ManifestTree.manifest(of: files), to: folder + "/manifest")
    try CacheFolder.write(
      Array(String(total.load(ordering: .relaxed)).utf8), to: folder + "/size")
  }
}
