import ArgumentParser
import Foundation

/// Where a command runs: git's -C.
struct StartFolder: ParsableArguments {
  @Option(
    name: .customShort("C"),
    help: ArgumentHelp("Run as if started in this directory.", valueName: "dir"))
  var directories: [String] = []

  /// Goes to the directory that -C names, as git does, so that every other path of the command line
  /// counts from it; gives where that is.
  @discardableResult
  func enter() throws(UsageError) -> String {
    for directory in directories
    where !FileManager.default.changeCurrentDirectoryPath(directory) {
      throw UsageError("cannot change to '\(directory)'; give -C a directory that exists")
    }
    return FileManager.default.currentDirectoryPath
  }
}
