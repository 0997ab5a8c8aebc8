import ArgumentParser
import Findings
import Foundation
import Report
import Review

/// A test of NIPA, netdev's checker: run in a tree with the patch applied as HEAD.
struct NIPAAdapter: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nipa",
    abstract: "Checks the commit at HEAD as a test of NIPA.",
    discussion: """
      A short description goes to the descriptor that DESC_FD names, the report to standard output \
      and to RESULTS_DIR. Ends with 0 for pass, 250 for a warning, 1 for a failure.
      """)

  @Flag(help: "Check the whole series since BRANCH_BASE, as a series test.") var series = false

  private static let warning = ExitCode(250)

  mutating func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    do {
      let base = environment["BRANCH_BASE"].flatMap { $0.isEmpty ? nil : $0 }
      let request = ReviewRequest(
        subject: .range([base.map { "\($0)..HEAD" } ?? "HEAD"]),
        directory: FileManager.default.currentDirectoryPath, cacheDirectory: UserCache.directory)
      var run = try ReviewRun(adapting: request)
      run.onTimeout = { [self] in
        describe("not reviewed: \(ReviewRun.timeIsUp)", environment)
        print("lockstep: \(ReviewRun.timeIsUp)")
        return Self.warning.rawValue
      }
      let result = try await run.review()
      try finish(series ? result : Self.part(result, of: result.range.head), run, environment)
    } catch let status as ExitCode {
      throw status
    } catch {
      describe("not reviewed: \(error)", environment)
      print("lockstep: \(error)")
      throw Self.warning
    }
  }

  /// What belongs to one commit.
  private static func part(_ result: ReviewResult, of commit: String?) -> ReviewResult {
    var result = result
    result.findings.removeAll { $0.commit != commit }
    result.coverage.removeAll { $0.commit != commit }
    return result
  }

  private func finish(
    _ result: ReviewResult, _ run: ReviewRun, _ environment: [String: String]
  ) throws {
    let text = try run.rendered(result)
    print(text, terminator: "")
    if let folder = environment["RESULTS_DIR"], !folder.isEmpty {
      // NIPA makes the folder; without it the report on standard output has to do.
      try? Data(text.utf8).write(to: URL(filePath: folder).appending(path: "lockstep.txt"))
    }
    let errors = result.counted.count { $0.severity == .error }
    let warnings = result.counted.count { $0.severity == .warning }
    let gaps = result.coverage.count(where: \.incomplete)
    var words = ["\(errors) errors, \(warnings) warnings"]
    if gaps > 0 { words.append("\(gaps) files not analysed whole") }
    describe(
      errors + warnings + gaps == 0 ? "no findings" : words.joined(separator: "; "), environment)
    if errors > 0 { throw ExitCode(1) }
    if warnings > 0 || gaps > 0 { throw Self.warning }
  }

  private func describe(_ text: String, _ environment: [String: String]) {
    guard let number = environment["DESC_FD"].flatMap({ Int32($0) }), number > 2 else { return }
    try? FileHandle(fileDescriptor: number).write(contentsOf: Data((text.visible() + "\n").utf8))
  }
}
