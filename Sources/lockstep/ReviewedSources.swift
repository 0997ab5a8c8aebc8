import Findings
import Report
import Review

/// Shows a report the lines of the files that were reviewed.
struct ReviewedSources: SourceText {
  private let texts: ReviewTexts

  init(_ request: ReviewRequest) { texts = ReviewTexts(request) }

  func text(of file: String, at commit: String?, side: Finding.Side) -> String? {
    texts.text(of: file, at: commit, before: side == .old)
  }
}
