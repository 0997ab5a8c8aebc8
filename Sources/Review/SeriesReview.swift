import ExportCheck
import Findings
import GitKit
import KernelTree
import LockCheck

/// Reviews the revisions of a series.
struct SeriesReview: Sendable {
  let series: Series
  let request: ReviewRequest
  let review: FileReview
  /// Where flags come from; nil where none are needed.
  let opening: KernelOpening?
  let progress: @Sendable (ReviewProgress) -> Void

  /// The findings and the coverage.
  func run() async throws -> ReviewResult {
    let all = try FileHistory.histories(of: series)
    let histories = all.filter { request.takes($0.path) }
    let base = KnowledgeBase(series, all, request, progress)
    let judging = SeriesJudging(
      series: series, review: review, opening: opening, base: base, progress: progress)
    let judged = await judging.judge(histories)
    let lifeLines = LifeLines(revisions: series.revisions)
    var findings: [Finding] = []
    for history in histories {
      let states = history.versions.map { version in
        version.flatMap { judged[$0] }?.findings ?? []
      }
      findings += lifeLines.born(states, all: request.all)
    }
    let tokens = TokenReview(
      series: series, histories: all, request: request, base: base)
    findings += tokens.findings(lifeLines)
    if request.areas.contains(.series) {
      findings += try SeriesRewrites.findings(in: series, lifeLines)
    }
    findings = SeriesEnd.settle(findings) { oid in
      series.revisions.first { $0.oid == oid }?.commit?.patch
    }
    findings.removeAll { !request.takes($0.file) }
    var suppressions = Suppressions { text(of: $0) }
    let suppressed = suppressions.take(from: &findings)
    findings += BisectBreaks.findings(for: findings, in: series)
    return ReviewResult(
      range: series.range, coverage: coverage(histories, judged),
      findings: findings.sorted(by: Finding.comesBefore),
      notes: series.notes + base.notes + complaints(histories, judged),
      suppressed: suppressed.sorted { Finding.comesBefore($0.finding, $1.finding) })
  }

  /// The text that a finding is in.
  private func text(of finding: Finding) -> SourceFile? {
    let revision = series.revisions.last { $0.oid == finding.commit }
    guard let tree = revision?.tree, let bytes = (try? tree.read(finding.file)) ?? nil else {
      return nil
    }
    return SourceFile(path: finding.file, bytes: bytes)
  }

  /// What is wrong with the suppressions that the series leaves behind in the files it touches.
  private func complaints(
    _ histories: [FileHistory], _ judged: [FileHistory.Version: FileJudgement]
  ) -> [ReviewResult.Note] {
    histories.flatMap { history -> [ReviewResult.Note] in
      guard let version = history.versions.last ?? nil, let judgement = judged[version] else {
        return []
      }
      return Suppressions.complaints(about: judgement, areas: request.areas)
    }
  }

  private func coverage(
    _ histories: [FileHistory], _ judged: [FileHistory.Version: FileJudgement]
  ) -> [Coverage] {
    var found: [Coverage] = []
    for (index, revision) in series.revisions.enumerated() {
      for history in histories where history.changes[index] != nil {
        guard let version = history.versions[index + 1], let judgement = judged[version],
          let change = history.changes[index]
        else { continue }
        let reader = CoverageReader(lines: change)
        found.append(reader.coverage(of: judgement, commit: revision.oid))
      }
      found += passedOver(revision)
      if let oid = revision.oid { found += lost(at: oid) }
    }
    return found + lost(at: nil)
  }

  /// What of a commit, or of no commit at all, could not be read or applied.
  private func lost(at oid: String?) -> [Coverage] {
    series.lost.filter { $0.commit == oid && request.takes($0.file) }
  }

  private func passedOver(_ revision: Revision) -> [Coverage] {
    revision.delta.passedOver.filter { request.takes($0.path) }.map {
      Coverage(
        commit: revision.oid, file: $0.path, status: .skipped, reason: "\($0.reason)",
        incomplete: $0.reason == .conflict || ($0.reason == .binary && SourceFile.isC($0.path)))
    }
  }
}
