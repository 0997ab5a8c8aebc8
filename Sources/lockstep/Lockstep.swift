import ArgumentParser
import Findings
import Review

@main
struct Lockstep: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lockstep",
    abstract: "Reviews Linux kernel patches before people have to.",
    discussion: """
      Exit status: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or unreadable input, \
      3 something could not be analysed (it is named).
      """,
    version: ReviewResult.Tool.current.version,
    subcommands: [
      CheckCommand.self, ScanCommand.self, SimilarCommand.self, IndexCommand.self,
      ExportsCommand.self, HookCommand.self, AdapterCommand.self,
      MergeCommand.self, CompareCommand.self, PrepareCommand.self,
      ExplainCommand.self, ListTypesCommand.self, DemoCommand.self,
    ])

  static func main() async {
    if CommandLine.arguments.dropFirst().first == Review.workerArgument { Review.serveAsWorker() }
    let arguments = CommandArguments.normalised(Array(CommandLine.arguments.dropFirst()))
    do {
      var command = try parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      Failure(error, command: arguments.first).exit()
    }
  }
}
