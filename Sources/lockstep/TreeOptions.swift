import ArgumentParser
import Foundation

/// Where a question about a tree is asked.
struct TreeOptions: ParsableArguments {
  @Option(
    name: .customShort("C"),
    help: ArgumentHelp("Run as if started in this directory.", valueName: "dir"))
  var directories: [String] = []

  @Option(
    help: ArgumentHelp("The commit whose tree is meant; HEAD if not given.", valueName: "rev"))
  var rev: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("How many workers; one a core if not given.", valueName: "n"))
  var jobs: Int?

  mutating func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs needs a number from 1 on") }
  }

  /// The directory that `-C` names; goes there, as git does.
  func enter() throws(UsageError) -> String {
    for directory in directories
    where !FileManager.default.changeCurrentDirectoryPath(directory) {
      throw UsageError("cannot change to '\(directory)'; give -C a directory that exists")
    }
    return FileManager.default.currentDirectoryPath
  }
}
