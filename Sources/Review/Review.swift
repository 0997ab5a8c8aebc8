import BuiltinRules
import ClangKit
public import Findings
internal import Foundation
import GitKit
import KernelTree
import LockCheck

/// Reviews what a request asks for.
public enum Review {
  /// The argument with which the program serves as its own parser process.
  public static let workerArgument = "parse-worker"

  /// Serves as a parser process until standard input ends.
  public static func serveAsWorker() -> Never { ParseWorker.run() }

  /// Walks the series, checks it and tells what each commit brings in.
  ///
  /// - Throws: `GitError`, `KernelTreeError`, `RulesError` or `ReviewError`, whose descriptions are
  ///   sentences for the user.
  public static func run(
    _ request: ReviewRequest, progress: @escaping @Sendable (ReviewProgress) -> Void = { _ in }
  ) async throws -> ReviewResult {
    let budget = Budget(request.budget)
    let rules = try RulesFiles.read(request.rulesFiles)
    let lockCheck = CheckRegistry.lockCheck(rules: rules)
    let kept = try kept(for: request, lockCheck)
    defer { kept?.trim() }
    let parser = UnitParser(
      pool: workers(for: request), known: lockCheck.knownFunctions, kept: kept?.parses)
    let files = FileReview(
      lockCheck: lockCheck, parser: parser, kept: kept, budget: budget,
      isWanted: request.areas.contains(.locks))
    switch request.subject {
    case .files, .text:
      let scan = try ScanReview(request: request, review: files, progress: progress)
      return await scan.run()
    case .range, .staged, .worktree, .mails:
      let series = try self.series(for: request)
      return try await review(series, request, files, progress)
    }
  }

  private static func series(for request: ReviewRequest) throws -> Series {
    let reader = try SeriesReader(directory: request.directory)
    switch request.subject {
    case .staged: return try reader.staged()
    case .worktree: return try reader.workTree()
    case .range(let words): return try reader.series(range: words)
    case .mails(let mails):
      return try reader.series(
        mails: mails, base: request.base,
        rebuilding: request.rebuildsFromPreimages)
    case .files, .text: return try reader.series(range: [])
    }
  }

  private static func review(
    _ series: Series, _ request: ReviewRequest, _ files: FileReview,
    _ progress: @escaping @Sendable (ReviewProgress) -> Void
  ) async throws -> ReviewResult {
    let needsFlags = files.isWanted && !series.revisions.isEmpty
    let review = SeriesReview(
      series: series, request: request, review: files,
      opening: try needsFlags ? KernelOpening(series, request) : nil, progress: progress)
    return try await review.run()
  }

  private static func kept(for request: ReviewRequest, _ check: LockCheck) throws -> Kept? {
    guard let cache = request.cacheDirectory, request.areas.contains(.locks) else { return nil }
    let rules = try request.rulesFiles.map { try RulesFiles.text($0) }
    return Kept(cache: cache, rules: rules.map { Array($0.utf8) }, known: check.knownFunctions)
  }

  private static func workers(for request: ReviewRequest) -> WorkerPool {
    let jobs = request.jobs ?? ProcessInfo.processInfo.activeProcessorCount
    return WorkerPool(program: program, arguments: [workerArgument], jobs: jobs)
  }

  /// The program itself, which is its own worker, and what hooks run.
  public static var program: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
  }
}
