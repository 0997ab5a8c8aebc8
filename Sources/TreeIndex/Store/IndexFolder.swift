internal import Foundation

/// The cache folder: what lies in it, and what may go.
struct IndexFolder: Sendable {
  let path: String

  /// How many files are kept: the ones used last.
  private static let wholeLimit = 3
  private static let overlayLimit = 64
  /// After this many seconds an unfinished file is nobody's.
  private static let staleAge = 3600.0

  /// An index file with its size and when it was used last.
  struct Entry: Sendable {
    var file: IndexFile
    var name: String
    var size: Int
    var used: Double
  }

  func path(of file: IndexFile) -> String { "\(path)/\(file.name)" }

  func create() throws(IndexError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private func status(_ name: String) -> (size: Int, used: Double)? {
    var status = stat()
    guard lstat("\(path)/\(name)", &status) == 0 else { return nil }
    return (
      Int(status.st_size), Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) * 1e-9
    )
  }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The index files, the one used last first.
  func entries() -> [Entry] {
    names.compactMap { name in
      guard let file = IndexFile(name: name), let status = status(name) else { return nil }
      return Entry(file: file, name: name, size: status.size, used: status.used)
    }.sorted { ($0.used, $0.name) > ($1.used, $1.name) }
  }

  /// Notes that a file was used now.
  func touch(_ file: IndexFile) { utimes(path(of: file), nil) }

  func remove(_ name: String) { unlink("\(path)/\(name)") }

  /// Takes away what is old, what lies on nothing, and what was never finished.
  func tidy() {
    let entries = entries()
    let whole = entries.filter { $0.file.base == nil }
    let kept = Set(whole.prefix(Self.wholeLimit).map(\.file.tree))
    for entry in whole.dropFirst(Self.wholeLimit) { remove(entry.name) }
    var overlays = 0
    for entry in entries {
      guard let base = entry.file.base else { continue }
      overlays += 1
      if overlays > Self.overlayLimit || !kept.contains(base) { remove(entry.name) }
    }
    var now = timeval()
    gettimeofday(&now, nil)
    for name in names where IndexFile.isUnfinished(name) {
      if let status = status(name), Double(now.tv_sec) - status.used > Self.staleAge {
        remove(name)
      }
    }
  }

  /// Takes away every index file, finished or not; answers how many.
  func clear() -> Int {
    let own = names.filter { IndexFile(name: $0) != nil || IndexFile.isUnfinished($0) }
    own.forEach(remove)
    return own.count
  }
}
