import Foundation
import GitKit
import Synchronization

/// The headers of a version's include folders, written to the cache once and used by all versions.
struct HeaderSet: Sendable {
  /// The cache folder; the tree's files are below `tree`.
  let folder: String
  /// What is in it.
  let content: ManifestTree

  /// Files elsewhere that headers in it name with `../`.
  let outside: [String]

  /// Absolute path of the tree's root.
  var root: String { folder + "/tree" }

  /// Finds or writes the folders `wholeFolders` of `source`.
  init(of source: any TreeSource, wholeFolders: [String], cache: CacheFolder) throws {
    var treeIDs: [String: ObjectID] = [:]
    for folder in wholeFolders {
      treeIDs[folder] = try source.treeID(of: folder) ?? Self.id(of: source.files(below: folder))
    }
    let names = treeIDs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
    folder = try cache.folder("headers-2", key: "\(ObjectID.blob(of: Array(names.utf8)))") {
      try Self.fill($0, from: source, wholeFolders: wholeFolders)
    }
    outside =
      (FileManager.default.contents(atPath: folder + "/outside")).map {
        String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init)
      } ?? []
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
    let outside = Mutex<Set<String>>([])
    let share = 64
    DispatchQueue.concurrentPerform(iterations: (files.count + share - 1) / share) { turn in
      do {
        for file in files[(turn * share)..<min((turn + 1) * share, files.count)] {
          guard let bytes = try source.read(file.path) else { continue }
          try CacheFolder.write(bytes, to: "\(folder)/tree/\(file.path)")
          total.add(bytes.count, ordering: .relaxed)
          let named = Self.namedOutside(file.path, bytes, wholeFolders)
          if !named.isEmpty { outside.withLock { $0.formUnion(named) } }
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    try CacheFolder.write(ManifestTree.manifest(of: files), to: folder + "/manifest")
    let names = outside.withLock { $0.sorted() }.map { $0 + "\n" }.joined()
    try CacheFolder.write(Array(names.utf8), to: folder + "/outside")
    try CacheFolder.write(
      Array(String(total.load(ordering: .relaxed)).utf8), to: folder + "/size")
  }

  private static func namedOutside(
    _ path: String, _ bytes: [UInt8], _ wholeFolders: [String]
  ) -> [String] {
    // Most headers have none, and looking at every line of all of them takes long.
    guard mentionsParent(bytes) else { return [] }
    return IncludeDirective.all(in: bytes).compactMap { directive in
      guard directive.isQuoted, directive.name.hasPrefix("../"),
        let target = TreePath.normalized(TreePath.folder(of: path) + "/" + directive.name),
        !wholeFolders.contains(where: { target.hasPrefix($0 + "/") })
      else { return nil }
      return target
    }
  }

  /// Whether `"../` occurs.
  private static func mentionsParent(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      guard var at = buffer.baseAddress else { return false }
      let end = at + buffer.count
      while let quote = memchr(at, 0x22, end - at) {
        at = UnsafeRawPointer(quote) + 1
        if end - at >= 3, memcmp(at, "../", 3) == 0 { return true }
      }
      return false
    }
  }
}
