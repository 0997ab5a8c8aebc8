import DuplicateCheck
import Findings
import GitKit
import TreeIndex

/// Asks which functions of a tree one function repeats.
public struct SimilarQuery: Sendable {
  /// The answer, as `--format json` prints it.
  public struct Answer: Sendable, Codable {
    public struct Query: Sendable, Codable {
      public var file: String
      public var line: Int
      public var function: String
    }
    public struct Match: Sendable, Codable {
      public var file: String
      public var line: Int
      public var function: String
      public var similarity: Double
      public var containment: Double
      public var verdict: String
    }
    public var query: Query
    /// Best first.
    public var matches: [Match]
  }

  private let directory: String
  private let store: IndexStore?

  /// - Parameter cacheDirectory: Where indexes are kept; nil for the function's folder only.
  public init(directory: String, cacheDirectory: String?, jobs: Int = 2) {
    self.directory = directory
    store = cacheDirectory.map { IndexStore(folder: $0 + "/index", jobs: jobs) }
  }

  /// What `function` of `file` repeats in the tree of `revision` (HEAD where it is nil).
  ///
  /// - Throws: `ReviewError.noSuchFunction`, or what opening and indexing the tree throws.
  public func answer(
    file: String, function: String, revision: String?, limit: Int,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> Answer {
    let tree = try QuestionedTree(directory: directory, revision: revision)
    guard let path = try tree.path(of: file), let bytes = try tree.source.read(path) else {
      throw ReviewError.noSuchFile(file)
    }
    let version = FileVersion(path: path, text: SourceFile.text(of: bytes))
    let source = SourceFile(path: path, bytes: bytes)
    guard let item = source.outline.functions.first(where: { $0.name == function }) else {
      throw ReviewError.noSuchFunction(function, file: path)
    }
    let matches =
      SimilarFunctions().matches(
        of: function, in: version, knowing: try knowledge(tree.source, path, progress),
        limit: limit) ?? []
    return Answer(
      query: Answer.Query(file: path, line: item.nameLine, function: function),
      matches: matches.map {
        Answer.Match(
          file: $0.file, line: $0.line, function: $0.function, similarity: $0.similarity,
          containment: $0.containment, verdict: $0.verdict.rawValue)
      })
  }

  private func knowledge(
    _ source: any TreeSource, _ path: String,
    _ progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) throws -> any TreeKnowledge {
    guard let store else {
      return IndexKnowledge(try FolderIndex.index(around: [path], in: source), tree: source)
    }
    let (index, _) = try store.index(of: source) { done, total in
      progress(done, total)
      return true
    }
    return IndexKnowledge(index, store: store, tree: source)
  }
}
