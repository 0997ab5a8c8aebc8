import Report
import Review

/// Shows a report the patches that were reviewed.
struct ReviewedPatches: PatchSource {
  private let patches: ReviewPatches

  init(_ request: ReviewRequest) { patches = ReviewPatches(request) }

  func patch(of commit: String) -> SentPatch? {
    guard let patch = patches.patch(commit) else { return nil }
    var sent = SentPatch(
      subject: patch.subject, author: patch.author,
      files: patch.files.map { file in
        .init(old: file.old, new: file.new, hunks: file.diff.hunks.map(Self.hunk))
      })
    (sent.to, sent.cc, sent.date) = (patch.to, patch.cc, patch.date)
    (sent.messageID, sent.references) = (patch.messageID, patch.references)
    return sent
  }
}

extension ReviewedPatches {
  private static func hunk(_ hunk: ReviewPatches.Hunk) -> SentPatch.Hunk {
    .init(
      heading: hunk.heading,
      lines: hunk.lines.map { line in
        let kind: SentPatch.Kind =
          switch line.kind {
          case .context: .context
          case .added: .added
          case .deleted: .deleted
          }
        return .init(
          kind: kind, old: line.old, new: line.new, text: String(decoding: line.text, as: UTF8.self)
        )
      })
  }
}
