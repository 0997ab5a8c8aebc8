import Findings
import GitKit
import SeriesCheck

/// Reads for the check of rewritten patches what each patch does to each file.
enum SeriesRewrites {
  static func findings(in series: Series, _ lifeLines: LifeLines) throws -> [Finding] {
    guard series.revisions.count > 1 else { return [] }
    var rewrites = Rewrites()
    for revision in series.revisions {
      rewrites.add(
        try revision.delta.files.filter { SourceFile.isReviewed($0.path) }
          .map { try step($0, revision) })
    }
    return rewrites.found.compactMap { rewrite in
      guard let first = series.revisions[rewrite.earlier].commit,
        let second = series.revisions[rewrite.later].commit
      else { return nil }
      return lifeLines.placed(rewrite.finding(first, second), at: rewrite.earlier)
    }
  }

  private static func step(_ delta: FileDelta, _ revision: Revision) throws -> Rewrites.Step {
    let old = try delta.oldPath.flatMap { try revision.parent?.read($0) }
    let new = try delta.newPath.flatMap { try revision.tree.read($0) }
    return Rewrites.Step(
      oldPath: delta.oldPath, newPath: delta.newPath, old: lines(old), new: lines(new),
      hunks: try LineChanges(from: old, to: new).hunks.map { ($0.old, $0.new) })
  }

  private static func lines(_ bytes: [UInt8]?) -> [String] {
    (bytes ?? []).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { SourceFile.text(of: Array($0)) }
  }
}
