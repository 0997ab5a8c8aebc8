internal import GitKit

/// Which files a tree has that a segment lacks, has otherwise, or has no more.
struct TreeDifference {
  /// Files to read anew, sorted by path.
  private(set) var changed: [(path: String, id: ObjectID)] = []
  /// Files of the segment that are gone.
  private(set) var removed: [String] = []

  private let segment: Segment
  private let folders: [String: ObjectID]
  private let source: any TreeSource
  private let limit: Int

  /// Compares folder by folder and steps over those with the same name for their content.
  ///
  /// Nil when more than `limit` files differ.
  init?(_ source: any TreeSource, _ segment: Segment, limit: Int) throws {
    self.segment = segment
    self.source = source
    self.limit = limit
    folders = try segment.folders()
    if folders.isEmpty {
      try compareAll()
    } else {
      try compare("")
    }
    guard changed.count + removed.count <= limit else { return nil }
    changed.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    removed.sort()
  }

  private var isTooMuch: Bool { changed.count + removed.count > limit }

  private mutating func compare(_ folder: String) throws {
    if isTooMuch { return }
    if let id = try source.treeID(of: folder), id == folders[folder] { return }
    let prefix = folder.isEmpty ? "" : folder + "/"
    var known = try children(prefix)
    for name in try source.list(folder) {
      let path = prefix + name
      if name.hasSuffix("/") {
        let inner = String(path.dropLast())
        known.folders.remove(inner)
        try compare(inner)
      } else if SourceKind(path: path) != nil, let id = try source.blobID(of: path) {
        let number = known.files.removeValue(forKey: path)
        if let number, try segment.file(number).id == id { continue }
        changed.append((path, id))
      }
    }
    removed += known.files.keys
    for gone in known.folders { try remove(gone + "/") }
  }

  /// What the segment has right inside a folder.
  private func children(_ prefix: String) throws -> (
    files: [String: Int], folders: Set<String>
  ) {
    var files: [String: Int] = [:]
    var folders: Set<String> = []
    var index = try lowerBound(prefix)
    while index < segment.fileCount {
      let path = try segment.file(index).path
      guard path.utf8.starts(with: prefix.utf8) else { break }
      if let slash = path.dropFirst(prefix.count).firstIndex(of: "/") {
        let folder = String(path[..<slash])
        folders.insert(folder)
        // Right behind everything in that folder: `0` follows `/`.
        index = try lowerBound(folder + "0")
      } else {
        files[path] = index
        index += 1
      }
    }
    return (files, folders)
  }

  private mutating func remove(_ prefix: String) throws {
    var index = try lowerBound(prefix)
    while index < segment.fileCount, !isTooMuch {
      let path = try segment.file(index).path
      guard path.utf8.starts(with: prefix.utf8) else { break }
      removed.append(path)
      index += 1
    }
  }

  /// The first file whose path is not before `path`.
  private func lowerBound(_ path: String) throws -> Int {
    var low = 0
    var high = segment.fileCount
    while low < high {
      let middle = (low + high) / 2
      if try segment.file(middle).path.utf8.lexicographicallyPrecedes(path.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// For trees whose folders have no names for their content.
  private mutating func compareAll() throws {
    var index = 0
    for file in try source.files(below: "") where SourceKind(path: file.path) != nil {
      while index < segment.fileCount {
        let path = try segment.file(index).path
        guard path.utf8.lexicographicallyPrecedes(file.path.utf8) else { break }
        removed.append(path)
        index += 1
      }
      if index < segment.fileCount {
        let own = try segment.file(index)
        if own.path == file.path {
          index += 1
          if own.id == file.id { continue }
        }
      }
      changed.append(file)
      if isTooMuch { return }
    }
    while index < segment.fileCount {
      removed.append(try segment.file(index).path)
      index += 1
    }
  }
}
