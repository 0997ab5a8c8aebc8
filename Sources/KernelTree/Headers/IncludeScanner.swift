import GitKit

/// Finds the files of the tree that a unit may include beside those below the include folders.
///
/// It reads `#include` lines only, takes every branch of `#if`, and so finds more than the parser
/// will open; names made by macros are not found.
struct IncludeScanner {
  let source: any TreeSource
  /// Folders that are given to the parser as a whole and need no look.
  let wholeFolders: [String]

  /// A file that was found, with its bytes.
  struct Found {
    var path: String
    var bytes: [UInt8]
  }

  /// At most this many files belong to one unit; a tree that needs more is hostile.
  private static let limit = 4_000

  /// What `path` reaches through quotes and through the tree's folders `searched`.
  ///
  /// In the order in which it is found; `path` itself is not listed.
  func reached(from path: String, searched: [String]) throws -> [Found] {
    var found: [Found] = []
    var seen: Set<String> = [path]
    var pending: [(path: String, bytes: [UInt8])] = []
    if let bytes = try source.read(path) { pending.append((path, bytes)) }
    while let next = pending.popLast(), found.count < Self.limit {
      let folder = TreePath.folder(of: next.path)
      for directive in IncludeDirective.all(in: next.bytes) {
        let folders = directive.isQuoted ? [folder] + searched : searched
        for place in folders {
          guard let candidate = TreePath.normalized(TreePath.joined(place, directive.name)) else {
            continue
          }
          if isCovered(candidate) || seen.contains(candidate) { continue }
          guard let bytes = try source.read(candidate) else { continue }
          seen.insert(candidate)
          found.append(Found(path: candidate, bytes: bytes))
          pending.append((candidate, bytes))
        }
      }
    }
    return found
  }

  private func isCovered(_ path: String) -> Bool {
    wholeFolders.contains { path.hasPrefix($0 + "/") }
  }
}
