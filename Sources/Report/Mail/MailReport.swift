internal import Findings

/// A reviewer's answer to each patch that has something to be said about, as an mbox.
///
/// The patch is quoted, cut down to what matters, with each remark under its line. Nothing is sent:
/// the text is for an editor, and then for `git send-email`.
struct MailReport: Renderer {
  let options: ReportOptions

  /// The sender and time are the mail program's; an mbox wants a line all the same.
  private static let separator = "From lockstep Thu Jan  1 00:00:00 1970\n"

  func render(_ result: ReviewResult) -> String {
    result.range.commits.compactMap { commit -> String? in
      let findings = result.counted.filter {
        $0.commit == commit.oid && ($0.severity > .info || options.isVerbose)
      }
      let gaps = result.coverage.filter { $0.commit == commit.oid && $0.incomplete }
      guard !findings.isEmpty, let patch = options.patches.patch(of: commit.oid) else { return nil }
      let reply = Reply(patch: patch, findings: findings, gaps: gaps)
      return Self.separator + MailHeader(answering: patch).text + "\n" + reply.text
        + "-- \nlockstep \(result.tool.version)\n\n"
    }.joined()
  }
}
