import ArgumentParser
import Review

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reviews each commit of a git range, oldest first.",
    discussion: """
      The range is anything that git rev-list takes: A..B, -3 for the last three commits, or one \
      commit, which is reviewed against its parent. Without one it is @{upstream}..HEAD.

      Nothing is checked out and nothing of the repository is changed.
      """)

  @Argument(help: "The commits to review.")
  var range: [String] = []

  @Flag(help: "Review the index against HEAD.")
  var staged = false

  @Flag(help: "Review the working tree against HEAD.")
  var worktree = false

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("Review the last commits; -3 is short for it.", valueName: "number"))
  var maxCount: Int?

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func validate() throws {
    let hasRange = !range.isEmpty || maxCount != nil
    if [hasRange, staged, worktree].count(where: { $0 }) > 1 {
      throw ValidationError("a range, --staged and --worktree exclude each other")
    }
  }

  mutating func run() async throws {
    let subject: ReviewRequest.Subject =
      staged ? .staged : worktree ? .worktree : .range(words)
    try await ReviewRun(request: analysis.request(subject), output: output).run()
  }

  /// The range as git rev-list would get it.
  var words: [String] { (maxCount.map { ["-\($0)"] } ?? []) + range }
}
