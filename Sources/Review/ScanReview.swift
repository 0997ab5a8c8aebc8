import Findings
internal import Foundation
import GitKit
import KernelTree
import LockCheck

/// Reviews whole files as they are on disk.
struct ScanReview: Sendable {
  private let files: [SourceFile]
  private let opening: KernelOpening
  private let tree: any TreeSource
  private let knowledge: ScanKnowledge
  private let request: ReviewRequest
  private let review: FileReview
  private let progress: @Sendable (ReviewProgress) -> Void

  init(
    request: ReviewRequest, review: FileReview,
    progress: @escaping @Sendable (ReviewProgress) -> Void
  ) throws {
    let subject = try ScanSubject(request)
    opening = try KernelOpening(base: subject.tree, workTree: subject.root, request)
    files = try subject.files().filter { request.takes($0.path) }
    tree = subject.tree
    knowledge = ScanKnowledge(
      root: subject.root, tree: subject.tree, search: HelperSearch(review.lockCheck), request)
    self.request = request
    self.review = review
    self.progress = progress
  }

  /// The findings and the coverage of every file.
  func run() async -> ReviewResult {
    let version = opening.kernel?.version(tree)
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
    await review.judge(file, in: version, without: opening.reason, of: tree) {
      [knowledge] in knowledge.helpers(for: $0, from: $1, isBuilt: $2)
    }
  }
}
