import ArgumentParser
import Review

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reviews each commit of a git range, oldest first.",
    discussion: """
      The range is anything that git rev-list takes: A..B, -3 for the last three commits, or one \
      commit, which is reviewed against its parent. Without one it is @{upstream}..HEAD.

      With --mbox the patches are applied in memory, on the commit that --base names, that the \
      mail's own base-commit: line names, or HEAD.

      Nothing is checked out and nothing of the repository is changed.
      """)

  @Argument(help: "The commits to review.")
  var range: [String] = []

  @Flag(help: "Review the index against HEAD.")
  var staged = false

  @Flag(help: "Review the working tree against HEAD.")
  var worktree = false

  @Option(
    help: ArgumentHelp(
      "Review the patches of this mbox, mail, maildir or folder; - for standard input.",
      valueName: "file"))
  var mbox: [String] = []

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("Review the last commits; -3 is short for it.", valueName: "number"))
  var maxCount: Int?

  @OptionGroup(title: "Analysis") var analysis: AnalysisOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func validate() throws {
    // What follows --mbox are more mails, so that a shell's *.patch works.
    let hasRange = mbox.isEmpty && !range.isEmpty || maxCount != nil
    if [hasRange, staged, worktree, !mbox.isEmpty].count(where: { $0 }) > 1 {
      throw ValidationError("a range, --staged, --worktree and --mbox exclude each other")
    }
  }

  mutating func run() async throws {
    var request = try analysis.request(
      staged ? .staged : worktree ? .worktree : .range(words))
    // Only now, since the files' names count from the directory of -C.
    if !mbox.isEmpty { request.subject = .mails(try MailFiles(mbox + range).messages()) }
    let settings = try Settings(for: request)
    try analysis.fill(&request, from: settings)
    try output.fill(from: settings)
    try await ReviewRun(request: request, output: output).run()
  }

  /// The range as git rev-list would get it.
  var words: [String] { (maxCount.map { ["-\($0)"] } ?? []) + range }
}
