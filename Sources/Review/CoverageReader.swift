import CSyntax
import Findings
import GitKit

/// Says how much of what a revision touches was analysed.
struct CoverageReader {
  /// Lines of the new side that the revision touches; nil for all of the file.
  var lines: [ClosedRange<Int>]?

  /// The coverage of one file of one version.
  func coverage(of judgement: FileJudgement, commit: String?) -> Coverage {
    let verdict = judgement.verdict
    let touched = judgement.file.outline.functions.filter { isTouched($0) }
    let active = touched.filter { !verdict.isInactive($0.nameLine) }
    let gapNames = Set(verdict.gaps.map(\.function))
    let lost = active.filter { gapNames.contains($0.name) }
    let inactive = verdict.inactive.flatMap { overlap($0) }
    return Coverage(
      commit: commit, file: judgement.file.path, status: verdict.status,
      reason: verdict.reason, config: verdict.config,
      functions: verdict.gaps.sorted { ($0.line, $0.function) < ($1.line, $1.function) },
      inactive: inactive, touched: active.count, analysed: active.count - lost.count,
      incomplete: !lost.isEmpty || (verdict.status == .skipped && !active.isEmpty))
  }

  private func isTouched(_ function: FunctionItem) -> Bool {
    guard let lines else { return true }
    let extent = function.startLine...function.endLine
    return lines.contains { $0.overlaps(extent) }
  }

  /// The part of an inactive stretch that the revision touches.
  private func overlap(_ range: ClosedRange<Int>) -> [ClosedRange<Int>] {
    guard let lines else { return [] }
    return lines.filter { $0.overlaps(range) }.map { $0.clamped(to: range) }
  }
}
