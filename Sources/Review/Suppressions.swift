import Findings
import GitKit

/// Sets findings apart that a comment in the code answers, and tells of comments that answer none.
struct Suppressions {
  private var comments: [String: [SuppressionComment]] = [:]
  private let read: (Finding) -> SourceFile?

  /// - Parameter read: the text that a finding is in.
  init(_ read: @escaping (Finding) -> SourceFile?) { self.read = read }

  /// Takes what is answered out of `findings`.
  mutating func take(from findings: inout [Finding]) -> [ReviewResult.Suppressed] {
    var taken: [ReviewResult.Suppressed] = []
    findings.removeAll { finding in
      guard finding.side == .new, let comment = comment(on: finding) else { return false }
      taken.append(.init(finding: finding, kind: .inSource, reason: comment.reason))
      return true
    }
    return taken
  }

  private mutating func comment(on finding: Finding) -> SuppressionComment? {
    let key = "\(finding.commit ?? "")\0\(finding.file)"
    if comments[key] == nil {
      comments[key] = read(finding).map(SuppressionComment.all) ?? []
    }
    return comments[key]?.first {
      $0.type == finding.type && !$0.reason.isEmpty && $0.lines.contains(finding.line)
    }
  }

  /// What is wrong with the comments of one text, as notes.
  static func complaints(about judgement: FileJudgement, areas: Set<Area>) -> [ReviewResult.Note] {
    let file = judgement.file
    // Where not everything was read, nothing can be said of what is not found.
    let isWhole = judgement.verdict.gaps.isEmpty && judgement.verdict.status != .skipped
    let findings = isWhole && areas.contains(.locks) ? judgement.findings : nil
    return SuppressionComment.all(in: file).compactMap { comment in
      let place = "\(file.path):\(comment.line)"
      guard let type = comment.type else {
        return .init(message: "\(place): there is no finding type '\(comment.word)' to ignore")
      }
      if comment.reason.isEmpty {
        return .init(
          message: "\(place): \(type.rawValue) is not ignored without a reason; write it behind "
            + "the type")
      }
      // What other checks say depends on the range, so their absence here says nothing.
      guard type.area == .locks, let findings else { return nil }
      let isNeeded = findings.contains {
        $0.type == type && $0.side == .new && comment.lines.contains($0.line)
      }
      return isNeeded
        ? nil
        : .init(
          message: "\(place): nothing of \(type.rawValue) is found here any more; take the comment "
            + "away")
    }
  }
}
