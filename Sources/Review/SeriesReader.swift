import Findings
import GitKit

/// Reads what a request names out of a repository.
struct SeriesReader {
  let repository: Repository

  /// - Parameter directory: a folder inside the repository.
  init(directory: String) throws {
    repository = try Repository(at: directory)
  }

  /// The commits of a range.
  func series(range words: [String]) throws -> Series {
    let range = try repository.range(words)
    var revisions: [Revision] = []
    for (index, commit) in range.commits.enumerated() {
      revisions.append(
        Revision(
          commit: .init(oid: commit.id.description, subject: commit.subject, patch: index + 1),
          tree: repository.tree(of: commit), parent: try repository.parentTree(of: commit),
          delta: try repository.delta(of: commit)))
    }
    var series = Series(
      base: revisions.first?.parent, revisions: revisions,
      range: .init(
        base: range.base?.description, head: range.head?.description,
        commits: revisions.compactMap(\.commit)),
      notes: range.notes.map { .init(message: $0.description) }, isIncomplete: range.isIncomplete,
      workTree: repository.workTreeRoot.map(Self.withoutSlash))
    if revisions.isEmpty {
      series.notes.append(.init(message: "the range has no commit to review"))
    }
    return series
  }

  /// The index against HEAD.
  func staged() throws -> Series {
    let head = try repository.headTree()
    let index = try repository.index()
    return single(tree: index, parent: head, delta: try repository.delta(from: head, to: index))
  }

  /// The working tree against HEAD.
  func workTree() throws -> Series {
    let head = try repository.headTree()
    let tree = try repository.workTree()
    return single(tree: tree, parent: head, delta: try repository.delta(from: head, to: tree))
  }

  private func single(
    tree: any TreeSource, parent: (any TreeSource)?, delta: TreeDelta
  ) -> Series {
    let head = try? repository.resolve("HEAD").description
    return Series(
      base: parent,
      revisions: [Revision(commit: nil, tree: tree, parent: parent, delta: delta)],
      range: .init(base: head), workTree: repository.workTreeRoot.map(Self.withoutSlash))
  }

  static func withoutSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}
