import BareClang
import Foundation
import GitKit
import KernelTree

/// Parses file versions with libclang and does nothing with them: the floor that a review stands on.
///
/// Usage: `bare-parse REPOSITORY BUILD JOBS REVISION:PATH…`. Prints the seconds from the first parse
/// to the end of the last one; finding flags and reading texts is not part of it.
@main
enum BareParse {
  private struct Version: Sendable {
    var setting: CompileSetting
    var text: [UInt8]
  }

  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count > 3, let jobs = Int(words[2]), jobs > 0 else {
      FileHandle.standardError.write(
        Data("usage: bare-parse REPOSITORY BUILD JOBS REVISION:PATH…\n".utf8))
      exit(2)
    }
    let versions = try read(words[3...], repository: words[0], build: words[1])
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = jobs
    let begin = ContinuousClock.now
    for version in versions { queue.addOperation { parse(version) } }
    queue.waitUntilAllOperationsAreFinished()
    print((ContinuousClock.now - begin) / .seconds(1))
  }

  private static func read(_ names: ArraySlice<String>, repository: String, build: String) throws
    -> [Version]
  {
    let repository = try Repository(at: repository)
    let trees = try names.map { name in
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      let commit = try repository.commit(try repository.resolve(parts[0]))
      return (tree: repository.tree(of: commit), path: parts[1])
    }
    let kernel = try KernelTree(
      base: trees[0].tree,
      options: KernelTree.Options(cacheDirectory: NSTemporaryDirectory(), configFrom: build))
    return try trees.map { tree, path in
      Version(
        setting: try kernel.version(tree).setting(for: path), text: try tree.read(path) ?? [])
    }
  }

  private static func parse(_ version: Version) {
    BareUnit.parse(version.setting, version.text) { unit in
      precondition(unit != nil, "libclang gave up on \(version.setting.mainFile)")
    }
  }
}
