import Foundation
import GitKit

/// Folders that are expensive to make, kept under a name that says what is in them.
///
/// A folder is written beside its place and renamed, so that it is there completely or not at
/// all, whoever else writes and whenever somebody is killed. All of it may be deleted at any time.
struct CacheFolder: Sendable {
  /// Absolute path.
  let root: String
  /// Bytes that may stay; the folders that were not used for the longest time go first.
  var limit = 1_500_000_000

  /// Folders that were used in this time are never deleted: another run may be reading them.
  private static let grace: TimeInterval = 3_600

  /// The path of `kind/key`, which `fill` makes when it is not there; `fill` gets the folder to
  /// write into.
  func folder(
    _ kind: String, key: String, fill: (String) throws -> Void
  ) throws -> String {
    let place = "\(root)/\(kind)/\(key)"
    if isComplete(place) { return place }
    try makeFolder("\(root)/\(kind)")
    let draft = "\(root)/\(kind)/.draft-\(getpid())-\(UUID().uuidString)"
    try makeFolder(draft)
    do {
      try fill(draft)
      try Self.write([], to: draft + "/complete")
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw error
    }
    if rename(draft, place) != 0 {
      // Somebody else was faster, or an incomplete folder stands there.
      if !isComplete(place) {
        try? FileManager.default.removeItem(atPath: place)
        _ = rename(draft, place)
      }
      try? FileManager.default.removeItem(atPath: draft)
    }
    guard isComplete(place) else {
      throw KernelTreeError.cache(path: root, reason: "a finished folder could not be renamed")
    }
    trim()
    return place
  }

  /// The folders of a kind, those used last first.
  func recent(_ kind: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(kind)")) ?? []
    return names.filter { !$0.hasPrefix(".") }
      .compactMap { name -> (path: String, used: Date)? in
        let path = "\(root)/\(kind)/\(name)"
        return Self.used(path).map { (path, $0) }
      }
      .sorted { ($0.used, $1.path) > ($1.used, $0.path) }.map(\.path)
  }

  /// Notes that the folder is in use; false when it is not there or not complete.
  func isComplete(_ place: String) -> Bool { utimes(place + "/complete", nil) == 0 }

  // MARK: Trimming

  /// Deletes what was not used for long until the rest fits; drafts of runs that died go too.
  func trim() {
    let manager = FileManager.default
    var folders: [(path: String, used: Date, bytes: Int)] = []
    for kind in (try? manager.contentsOfDirectory(atPath: root)) ?? [] {
      for name in (try? manager.contentsOfDirectory(atPath: "\(root)/\(kind)")) ?? [] {
        let path = "\(root)/\(kind)/\(name)"
        if let used = Self.used(path) {
          folders.append((path, used, Self.recordedSize(path)))
        } else if name.hasPrefix(".draft-"), Self.isOld(Self.changed(path)) {
          try? manager.removeItem(atPath: path)
        }
      }
    }
    var total = folders.reduce(0) { $0 + $1.bytes }
    for folder in folders.sorted(by: { $0.used < $1.used }) where total > limit {
      guard Self.isOld(folder.used) else { break }
      // Out of sight first, so that nobody finds it half deleted.
      let grave = TreePath.folder(of: folder.path) + "/.draft-\(getpid())-\(UUID().uuidString)"
      if rename(folder.path, grave) == 0 { try? manager.removeItem(atPath: grave) }
      total -= folder.bytes
    }
  }

  private static func used(_ path: String) -> Date? { changed(path + "/complete") }

  private static func changed(_ path: String) -> Date? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.modificationDate] as? Date
  }

  private static func isOld(_ date: Date?) -> Bool {
    date.map { Date().timeIntervalSince($0) > grace } ?? false
  }

  /// The size that the folder's maker wrote down; folders that others add to are a little larger.
  private static func recordedSize(_ path: String) -> Int {
    guard let bytes = FileManager.default.contents(atPath: path + "/size") else { return 0 }
    return Int(String(decoding: bytes, as: UTF8.self).trimmed) ?? 0
  }

  // MARK: Writing

  /// Makes a folder and those above it.
  func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw KernelTreeError.cache(path: root, reason: error.localizedDescription)
    }
  }

  /// Writes a new file; its folder must be there.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw KernelTreeError.cache(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(file, $0.baseAddress! + written, bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw KernelTreeError.cache(path: path, reason: String(cString: strerror(errno)))
      }
      written += count
    }
  }

  /// Writes a file beside its place and links it there, unless something stands there already.
  func add(_ bytes: [UInt8], at path: String) throws {
    try makeFolder(TreePath.folder(of: path))
    let draft = path + ".draft-\(getpid())-\(UUID().uuidString)"
    try Self.write(bytes, to: draft)
    link(draft, path)
    unlink(draft)
  }
}
