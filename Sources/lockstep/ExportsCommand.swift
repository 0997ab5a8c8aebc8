import ArgumentParser
import ExportCheck
import Findings
import Foundation
import Review

struct ExportsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exports",
    abstract: "Lists the exported symbols of a tree and their users, or what a range does to them.",
    discussion: """
      Without a range it prints the ledger of a commit: every symbol that any configuration \
      exports, on which terms, where, and who uses it. With a range it prints what becomes of the \
      exports of the files that the range touches, and what there is to say about that.

      Nothing is built and nothing of the repository is changed.
      """)

  /// How the ledger is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case table
    case json
  }

  @Argument(help: "The commits whose effect is wanted, as git rev-list takes them.")
  var range: [String] = []

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("The effect of the last commits; -3 is short for it.", valueName: "number"))
  var maxCount: Int?

  @OptionGroup var tree: TreeOptions

  @Option(
    help: ArgumentHelp("Compare with the Module.symvers of a build.", valueName: "file"))
  var symvers: String?

  @Option(
    help: ArgumentHelp("Compare with a list of symbols that must stay.", valueName: "file"))
  var kmiList: String?

  @Option(help: "How to print the ledger.")
  var format: Format = .text

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the ledger to this file.", valueName: "file"))
  var output: String?

  @Option(help: "Exit with status 1 from this severity on.")
  var failOn: FailureThreshold = .warning

  @Flag(name: .customLong("no-users"), help: "Do not look for users, which needs the index.")
  var noUsers = false

  @Flag(name: .customLong("no-cache"), help: "Neither read nor write the cache.")
  var noCache = false

  @Flag(name: .shortAndLong, help: "Print no notes.")
  var quiet = false

  mutating func validate() throws {
    if hasRange, tree.rev != nil {
      throw ValidationError("a range and --rev exclude each other")
    }
  }

  mutating func run() async throws {
    let directory = try tree.enter()
    let lists = try ReferenceLists(symvers: symvers, kmiList: kmiList)
    let temporary = TemporaryCache()
    defer { temporary.remove() }
    let cache = noCache ? temporary.path : UserCache.directory ?? temporary.path
    let reader = ExportLedger(directory: directory, cacheDirectory: cache, jobs: tree.jobs)
    let report =
      hasRange
      ? try await effect(reader, lists, directory, cache) : try await ledger(reader, lists)
    try ReportTarget(output).write(format == .json ? report.json : report.text)
    if !quiet { say(lists.faults + report.remarks) }
    let status = ReviewStatus(
      ReviewResult(coverage: report.coverage, findings: report.findings), failOn: failOn)
    if status != .clean { throw status.code }
  }

  private var hasRange: Bool { !range.isEmpty || maxCount != nil }

  /// The ledger of one commit.
  private func ledger(_ reader: ExportLedger, _ lists: ReferenceLists) async throws -> ExportReport
  {
    let line = IndexProgress(isQuiet: quiet)
    defer { line.clear() }
    let reading = try await reader.whole(revision: tree.rev, wantsUsers: !noUsers) {
      line.show(done: $0, total: $1)
    }
    return ExportReport(
      reading.ledger, of: reading.commit, findings: lists.findings(about: reading.ledger))
  }

  /// What the range does.
  private func effect(
    _ reader: ExportLedger, _ lists: ReferenceLists, _ directory: String, _ cache: String
  ) async throws -> ExportReport {
    let words = (maxCount.map { ["-\($0)"] } ?? []) + range
    let indexing = IndexProgress(isQuiet: quiet)
    try reader.prepare(words) { indexing.show(done: $0, total: $1) }
    indexing.clear()
    let line = ProgressLine(isQuiet: quiet)
    defer { line.clear() }
    var result = try await Review.run(
      ReviewRequest(
        subject: .range(words), directory: directory, areas: [.exports], jobs: tree.jobs,
        cacheDirectory: cache)
    ) { line.show($0) }
    result.findings.removeAll(where: \.preexisting)
    result.findings = lists.raising(result.findings)
    if lists.symvers != nil {
      let end = try await reader.whole(revision: result.range.head, wantsUsers: false)
      result.findings += lists.symversFindings(about: end.ledger)
    }
    return ExportReport(result, changes: try await reader.difference(words).changes)
  }

  private func say(_ sentences: [String]) {
    for sentence in sentences {
      ErrorOutput.write("lockstep: note: \(sentence.visible())\n")
    }
  }
}
