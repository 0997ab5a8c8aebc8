import GitKit

/// Finds the files of the tree that a unit may include beside those below the include folders, and
/// of these the ones that differ from what is on disk.
///
/// It reads `#include` lines only, takes every branch of `#if`, and so finds more than the parser
/// will open; names made by macros are not found.
struct IncludeScanner {
  let source: any TreeSource
  let disk: DiskTree
  /// Folders that are given to the parser as a whole and need no look.
  let wholeFolders: [String]

  /// At most this many files belong to one unit; a tree that needs more is hostile.
  private static let limit = 4_000

  /// What `start` reaches through quotes and through the tree's folders `searched`.
  ///
  /// - Returns: files that the parser must be given, `start` itself only when it is a header.
  func unsaved(from start: String, searched: [String], isHeader: Bool = false) throws
    -> [UnsavedFile]
  {
    var result: [UnsavedFile] = []
    var seen: Set<String> = [start]
    var pending: [(path: String, bytes: [UInt8])] = []
    if let bytes = try source.read(start) {
      if isHeader { try add(start, bytes, to: &result) }
      pending.append((start, bytes))
    }
    while let next = pending.popLast(), seen.count < Self.limit {
      let folder = TreePath.folder(of: next.path)
      for directive in IncludeDirective.all(in: next.bytes) {
        for place in directive.isQuoted ? [folder] + searched : searched {
          guard let path = TreePath.normalized(TreePath.joined(place, directive.name)),
            !isCovered(path), !seen.contains(path)
          else { continue }
          if let bytes = try source.read(path) {
            seen.insert(path)
            try add(path, bytes, to: &result)
            pending.append((path, bytes))
          } else if try disk.isStale(path) {
            seen.insert(path)
            result.append(disk.absent(path, named: directive.name))
          }
        }
      }
    }
    return result
  }

  private func add(_ path: String, _ bytes: [UInt8], to result: inout [UnsavedFile]) throws {
    guard try disk.differs(path, bytes, from: source) else { return }
    result.append(UnsavedFile(path: disk.root + "/" + path, bytes: bytes))
  }

  private func isCovered(_ path: String) -> Bool {
    wholeFolders.contains { path.hasPrefix($0 + "/") }
  }
}
