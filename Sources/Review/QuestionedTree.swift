internal import Foundation
import GitKit

/// The tree that a question is about: of a commit, or a plain folder where there is no repository.
struct QuestionedTree: Sendable {
  let source: any TreeSource
  /// Where the tree's root is on disk; nil in a bare repository.
  let root: String?
  /// 40 hexadecimal digits; nil where there is no repository.
  let commit: String?
  /// Where the user is.
  private let directory: String

  /// - Parameter revision: What git would take; HEAD where it is nil.
  init(directory: String, revision: String?) throws {
    self.directory = directory
    let repository: Repository
    do {
      repository = try Repository(at: directory)
    } catch {
      // Without a repository there are no revisions, so the folder itself is the tree.
      guard revision == nil else { throw error }
      source = try FolderTree(directory)
      root = directory
      commit = nil
      return
    }
    let commit = try repository.commit(try repository.resolve(revision ?? "HEAD"))
    source = repository.tree(of: commit)
    self.commit = commit.id.description
    root = repository.workTreeRoot
  }

  /// The path inside the tree of what the user calls `path`, counted from where he is or from the
  /// root; nil when the tree has neither.
  func path(of path: String) throws -> String? {
    var candidates: [String] = []
    if let root {
      let base = root.hasSuffix("/") ? root : root + "/"
      let absolute = path.hasPrefix("/") ? path : directory + "/" + path
      let plain = (absolute as NSString).standardizingPath
      if plain.hasPrefix(base) { candidates.append(String(plain.dropFirst(base.count))) }
    }
    candidates.append(path)
    return try candidates.first { try source.blobID(of: $0) != nil }
  }
}
