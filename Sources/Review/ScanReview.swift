import Findings
internal import Foundation
import GitKit
import KernelTree
import LockCheck

/// Reviews whole files as they are on disk.
struct ScanReview: Sendable {
  private let files: [SourceFile]
  private let kernel: KernelTree?
  private let kernelReason: String
  private let tree: any TreeSource
  private let knowledge: ScanKnowledge
  private let request: ReviewRequest
  private let lockCheck: LockCheck
  private let parser: UnitParser
  private let kept: Kept?
  private let budget: Budget
  private let progress: @Sendable (ReviewProgress) -> Void

  init(
    request: ReviewRequest, lockCheck: LockCheck, parser: UnitParser, kept: Kept?, budget: Budget,
    progress: @escaping @Sendable (ReviewProgress) -> Void
  ) throws {
    let subject = try ScanSubject(request)
    let opening = try KernelOpening(base: subject.tree, workTree: subject.root, request)
    files = try subject.files().filter { request.takes($0.path) }
    kernel = opening.kernel
    kernelReason = opening.reason
    tree = subject.tree
    knowledge = ScanKnowledge(
      root: subject.root, tree: subject.tree, search: HelperSearch(lockCheck), request)
    self.request = request
    self.lockCheck = lockCheck
    self.parser = parser
    self.kept = kept
    self.budget = budget
    self.progress = progress
  }

  /// The findings and the coverage of every file.
  func run() async -> ReviewResult {
    let version = kernel?.version(tree)
    var judged: [String: FileJudgement] = [:]
    await withTaskGroup(of: FileJudgement.self) { group in
      for file in files {
        group.addTask { await judge(file, version) }
      }
      for await judgement in group {
        judged[judgement.file.path] = judgement
        progress(
          ReviewProgress(
            done: judged.count, total: files.count, activity: "analysed \(judgement.file.path)"))
      }
    }
    let ordered = judged.values.sorted { $0.file.path < $1.file.path }
    var findings = ordered.flatMap(\.findings)
    var suppressions = Suppressions { judged[$0.file]?.file }
    let suppressed = suppressions.take(from: &findings)
    return ReviewResult(
      coverage: ordered.map { CoverageReader(lines: nil).coverage(of: $0, commit: nil) },
      findings: findings,
      notes: ordered.flatMap { Suppressions.complaints(about: $0, areas: request.areas) },
      suppressed: suppressed)
  }

  private func judge(_ file: SourceFile, _ version: TreeVersion?) async -> FileJudgement {
    guard request.areas.contains(.locks) else {
      return FileJudgement(file: file, verdict: .ofTokens)
    }
    if let excuse = budget.excuse {
      let parsed = UnitParser.Parsed(reason: excuse)
      return FileJudgement(file: file, verdict: Verdict(on: file, parsed, lockCheck))
    }
    guard let version else {
      let parsed = UnitParser.Parsed(reason: kernelReason)
      return FileJudgement(file: file, verdict: Verdict(on: file, parsed, lockCheck))
    }
    let review = FileReview(parser: parser, lockCheck: lockCheck, kept: kept) {
      [knowledge] names, path in knowledge.helpers(for: names, from: path)
    }
    return await review.judge(file, in: version, of: tree)
  }
}
