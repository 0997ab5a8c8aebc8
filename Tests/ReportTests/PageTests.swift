import Findings
import Foundation
import Report
import Testing

/// What the page and the mail must keep from whoever wrote a patch.
@Suite struct PageTests {
  private func result(_ evil: String) -> ReviewResult {
    var finding = Finding(
      type: .lockNotHeld, file: "a\(evil).c", line: 1, function: "f\(evil)", message: "m\(evil)",
      remedy: "r\(evil)", fingerprint: Fingerprint(.lockNotHeld, []),
      trace: [.init(file: "t\(evil).c", line: 1, message: "s\(evil)")],
      related: [.init(file: "b\(evil).c", line: 1, function: "g\(evil)", message: "n\(evil)")],
      data: ["symbol": .string("y\(evil)")])
    finding.commit = "c"
    return ReviewResult(
      range: .init(commits: [.init(oid: "c", subject: "s\(evil)", patch: 1)]),
      coverage: [
        Coverage(commit: "c", file: "d\(evil)", status: .skipped, reason: "e", incomplete: true)
      ],
      findings: [finding], notes: [.init(message: "note\(evil)")])
  }

  private struct Evil: SourceText, PatchSource {
    var evil: String
    func text(of file: String, at commit: String?, side: Finding.Side) -> String? { "x\(evil)" }
    func patch(of commit: String) -> SentPatch? {
      SentPatch(
        subject: "[PATCH] \(evil)", author: "\(evil) <a@b>",
        files: [
          .init(
            old: nil, new: "a\(evil).c",
            hunks: [
              .init(
                heading: "@@ \(evil)", lines: [.init(kind: .added, old: nil, new: 1, text: evil)])
            ])
        ])
    }
  }

  private func render(_ format: ReportFormat, _ evil: String) throws -> String {
    var options = ReportOptions(sources: Evil(evil: evil))
    options.patches = Evil(evil: evil)
    return try format.renderer(options).render(result(evil))
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "\" onmouseover=\"x", "' onload='x", "</style><img src=x>",
    "{{{script}}}", "-->", "]]>",
  ])
  func nothingOfAPatchBecomesMarkup(evil: String) throws {
    let plain = try render(.html, "")
    let page = try render(.html, evil)
    for mark in ["<", ">", "\"", "'"] {
      // Only what the page itself has: text that is escaped adds none of these.
      #expect(page.count { String($0) == mark } == plain.count { String($0) == mark }, "\(mark)")
    }
  }

  @Test func aPageNeedsNothingElse() throws {
    let page = try render(.html, "")
    for word in ["http:", "https:", "<link", "<img", "@import", "url("] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  @Test(arguments: ["\nBcc: x@example.com", "\r\nBcc: x@example.com", "\n\n.\nFrom x"])
  func nothingOfAPatchBecomesAHeaderOrAnotherMail(evil: String) throws {
    let mail = try render(.mail, evil)
    let lines = mail.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(!lines.contains { $0.hasPrefix("Bcc:") || $0 == "." })
    #expect(lines.count { $0.hasPrefix("From ") } == 1)
    let head = lines.prefix { !$0.isEmpty }
    #expect(head.count { $0.hasPrefix("To: ") } == 1)
  }

  @Test func nothingToSayIsNoMail() throws {
    let clean = ReviewResult(range: .init(commits: [.init(oid: "c", subject: "s", patch: 1)]))
    #expect(try ReportFormat.mail.renderer(ReportOptions()).render(clean) == "")
  }
}
