import ArgumentParser

/// Where a question about a tree is asked.
struct TreeOptions: ParsableArguments {
  @OptionGroup var start: StartFolder

  @Option(
    help: ArgumentHelp("The commit whose tree is meant; HEAD if not given.", valueName: "rev"))
  var rev: String?

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: ArgumentHelp("How many workers; one a core if not given.", valueName: "n"))
  var jobs: Int?

  mutating func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs needs a number from 1 on") }
  }

  /// The directory that -C names; goes there, as git does.
  func enter() throws(UsageError) -> String { try start.enter() }
}
