internal import Foundation
import GitKit
import TreeIndex

/// Builds, shows and removes the indexes of trees in the cache.
public struct TreeIndexing: Sendable {
  private let directory: String
  private let store: IndexStore

  /// - Parameter cacheDirectory: The folder in which this user's runs keep things.
  public init(directory: String, cacheDirectory: String, jobs: Int? = nil) {
    self.directory = directory
    store = IndexStore(
      folder: cacheDirectory + "/index",
      jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// What a build came to.
  public struct Outcome: Sendable {
    /// What happened, as a sentence.
    public var sentence: String
    public var files: Int
    public var functions: Int
  }

  /// Makes sure that there is an index of the tree of `revision` (HEAD where it is nil), or of the
  /// folder itself where there is no repository.
  ///
  /// - Parameter progress: Called with how many files are done, of how many.
  public func build(
    revision: String?, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) throws -> Outcome {
    let tree = try QuestionedTree(directory: directory, revision: revision)
    let (index, origin) = try store.index(of: tree.source) { done, total in
      progress(done, total)
      return true
    }
    let sentence =
      switch origin {
      case .found: "The index is there."
      case .updated(let files): "Updated the index: read \(files) files that differ."
      case .built(let files): "Built the index: read \(files) files."
      }
    return Outcome(sentence: sentence, files: index.size.files, functions: index.size.functions)
  }

  /// One line for each index in the cache, the one used last first, and one for the folder.
  public func status() -> [String] {
    let lines = store.entries().map { entry in
      let what = entry.base.map { "files that differ from \($0)" } ?? "whole tree"
      let state =
        entry.problem.map { _ in "damaged, will be built again" }
        ?? "\(entry.files) files, \(entry.functions) functions"
      return "\(entry.tree)  \(what): \(state), \(entry.size / 1_000_000) MB"
    }
    return (lines.isEmpty ? ["There is no index."] : lines) + ["In \(store.path)"]
  }

  /// Removes every index; answers how many files that were.
  public func clear() -> Int { store.clear() }
}
