import DemoSeries
import Findings
import Foundation
import GitKit
import ProgramUnderTest

/// A repository with the example series' miniature kernel, to commit to and to review.
final class MiniatureKernel {
  let folder: TemporaryFolder
  /// The work tree.
  var path: String { folder.path + "/linux" }
  /// The commit that has the kernel and nothing else.
  let base: String
  private let repository: ScratchRepository

  init() throws {
    folder = try TemporaryFolder()
    repository = try ScratchRepository(creatingIn: folder.path + "/linux")
    let step = ExampleSeries.brook.base
    base = try repository.commit(
      step.files.mapValues { Array($0.utf8) }, message: step.message
    ).description
    try repository.checkOut()
  }

  /// Commits these files and gives the commit.
  @discardableResult
  func commit(_ files: [String: String], _ message: String = "brook: change") throws -> String {
    try commit(bytes: files.mapValues { Array($0.utf8) }, message)
  }

  @discardableResult
  func commit(bytes: [String: [UInt8]], _ message: String = "brook: change") throws -> String {
    let id = try repository.commit(bytes, message: message).description
    try repository.checkOut()
    return id
  }

  /// Runs the program in the work tree, with a cache of its own.
  func run(_ arguments: String..., environment: [String: String] = [:]) async throws
    -> ProgramUnderTest.Outcome
  {
    let cache = ["XDG_CACHE_HOME": folder.path + "/cache"]
    return try await ProgramUnderTest.run(
      arguments, in: path, environment: cache.merging(environment) { $1 })
  }

  /// A function that is long enough to be noticed when it is repeated.
  static let drain = """
    int brook_drain(struct brook *brook, int level)
    {
    \tstruct sluice *gate = brook_sluice_of(brook);
    \tint flow = 0;

    \tif (level < brook->lowest_level)
    \t\treturn -EINVAL;
    \tsluice_lift(gate, level);
    \twhile (brook_level(brook) > level)
    \t\tflow += sluice_measure(gate);
    \tsluice_drop(gate);
    \treturn flow;
    }

    """

  /// A source file with one function that leaks a lock, on line 9.
  static func leaky(_ name: String = "brook_leaky") -> String {
    """
    #include <linux/errno.h>
    #include "brook_i.h"
    int \(name)(struct brook_inode *bi);

    int \(name)(struct brook_inode *bi)
    {
    \tmutex_lock(&bi->quota_lock);
    \tif (bi->quota_used > bi->quota_limit)
    \t\treturn -EDQUOT;
    \tmutex_unlock(&bi->quota_lock);
    \treturn 0;
    }

    """
  }
}

extension ProgramUnderTest.Outcome {
  /// The result that `--format json` printed.
  func result() throws -> ReviewResult {
    try JSONDecoder().decode(ReviewResult.self, from: Data(output.utf8))
  }
}
