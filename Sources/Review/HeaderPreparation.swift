internal import Foundation
import GitKit
import KernelTree

/// Has the tree's own `make` generate its exact headers, for all reviews that come after.
public struct HeaderPreparation: Sendable {
  private let preparation: TreePreparation

  /// - Parameters:
  ///   - revision: the commit whose tree is prepared, HEAD where it is nil; the folder itself where
  ///     there is no repository.
  ///   - configFrom: a folder with a `.config`, or such a file, instead of `allmodconfig`.
  ///   - cacheDirectory: the folder in which this user's runs keep things.
  /// - Throws: `GitError` or `KernelTreeError`, whose descriptions are sentences for the user.
  public init(
    directory: String, revision: String?, architecture: String, configFrom: String?,
    cacheDirectory: String
  ) throws {
    let tree = try QuestionedTree(directory: directory, revision: revision)
    preparation = try TreePreparation(
      of: tree.source, architecture: architecture, configFrom: configFrom,
      cacheDirectory: cacheDirectory)
  }

  /// Runs `make`, unless the same was prepared before; gives the folder with the headers.
  ///
  /// - Parameter progress: is told what is done, a line at a time, `make`'s own lines included.
  public func run(progress: (String) -> Void) throws -> String {
    try preparation.run(progress: progress)
  }
}
