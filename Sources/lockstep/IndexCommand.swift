import ArgumentParser
import Foundation
import Review

struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Builds, shows or removes the index of a whole tree.",
    discussion: """
      The index knows who defines, exports, calls or repeats what in a kernel tree. It is kept in \
      the user's cache, by tree, and never in the repository.
      """,
    subcommands: [Build.self, Status.self, Clear.self])

  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Builds the index of a commit's tree, or brings one up to date.")

    @OptionGroup var tree: TreeOptions
    @Flag(name: .shortAndLong, help: "Say nothing.") var quiet = false

    mutating func run() throws {
      let directory = try tree.enter()
      let line = IndexProgress(isQuiet: quiet)
      defer { line.clear() }
      let outcome = try TreeIndexing(
        directory: directory, cacheDirectory: try IndexCommand.cache(), jobs: tree.jobs
      ).build(revision: tree.rev) { line.show(done: $0, total: $1) }
      line.clear()
      if !quiet {
        print("\(outcome.sentence) \(outcome.files) files, \(outcome.functions) functions.")
      }
    }
  }

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Shows which indexes there are.")

    @OptionGroup var start: StartFolder

    mutating func run() throws {
      let indexing = TreeIndexing(
        directory: try start.enter(), cacheDirectory: try IndexCommand.cache())
      for line in indexing.status() { print(line) }
    }
  }

  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Removes every index.")

    @OptionGroup var start: StartFolder

    mutating func run() throws {
      let count = TreeIndexing(
        directory: try start.enter(), cacheDirectory: try IndexCommand.cache()
      ).clear()
      print("Removed \(count) file\(count == 1 ? "" : "s").")
    }
  }

  static func cache() throws(UsageError) -> String {
    guard let folder = UserCache.directory else {
      throw UsageError(
        "there is no cache folder that can be written; set XDG_CACHE_HOME to a folder of yours")
    }
    return folder
  }
}
