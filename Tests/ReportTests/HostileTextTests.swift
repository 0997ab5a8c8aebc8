import Findings
import Foundation
import Report
import Testing

/// Names, messages and code of a patch can be anything; a terminal must not obey them.
@Suite struct HostileTextTests {
  private struct One: SourceText {
    var text: String
    func text(of file: String, at commit: String?, side: Finding.Side) -> String? { text }
  }

  private func finding(_ evil: String, column: Int = 1) -> Finding {
    var finding = Finding(
      type: .lockNotHeld, file: "a\(evil).c", line: 1, column: column, function: "f\(evil)",
      message: "m\(evil)", remedy: "r\(evil)", fingerprint: Fingerprint(.lockNotHeld, []),
      trace: [.init(file: "t\(evil).c", line: 1, message: "s\(evil)")],
      related: [.init(file: "b\(evil).c", line: 1, function: "g\(evil)", message: "n\(evil)")])
    finding.commit = "c"
    finding.fixedIn = "c"
    return finding
  }

  private func result(_ evil: String) -> ReviewResult {
    ReviewResult(
      range: .init(commits: [.init(oid: "c", subject: "s\(evil)", patch: 1)]),
      coverage: [
        Coverage(
          commit: "c", file: "d\(evil)", status: .degraded, reason: "e\(evil)",
          config: "k\(evil)", functions: [.init(function: "h\(evil)", line: 1, reason: "i\(evil)")],
          incomplete: true)
      ],
      findings: [finding(evil)])
  }

  @Test(arguments: ["\u{1b}]0;owned\u{7}", "\r", "\n", "\u{9b}31m", "\u{202e}", "\u{7f}", "\u{0}"])
  func nothingSteersTheTerminal(evil: String) throws {
    for format in [ReportFormat.text, .terse, .checkstyle, .github, .sarif] {
      let options = ReportOptions(sources: One(text: "int x;\(evil)y"))
      let text = try format.renderer(options).render(result(evil))
      let scalars = text.unicodeScalars.filter { $0 != "\n" }
      #expect(
        scalars.allSatisfy { ![.control, .format].contains($0.properties.generalCategory) })
      #expect(text.contains("U+") || text.contains("%0A"))
    }
  }

  @Test func aNewlineInANameMakesNoNewFinding() throws {
    let text = try ReportFormat.terse.renderer(ReportOptions())
      .render(result("\na.c:1: LOCK_NOT_HELD: forged"))
    #expect(text.split(separator: "\n").count == 1)
  }

  @Test func nothingBecomesAWorkflowCommand() throws {
    let text = try ReportFormat.github.renderer(ReportOptions())
      .render(result("\n::set-output name=a::b,line=7:%0A"))
    let lines = text.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.hasPrefix("::error file=a") || $0.hasPrefix("::warning file=d") })
    #expect(lines.allSatisfy { !$0.contains("b,line=7") || $0.contains("%2Cline=7") })
  }

  @Test func markupIsText() throws {
    let text = try ReportFormat.checkstyle.renderer(ReportOptions())
      .render(result("\"/><error a='<![CDATA[&"))
    #expect(text.components(separatedBy: "<error").count == 2)
    #expect(!text.contains("<![CDATA["))
  }

  @Test func aVeryLongLineIsCutAroundTheMark() throws {
    let long = String(repeating: "x", count: 3_000_000) + "HERE" + String(repeating: "y", count: 99)
    let result = ReviewResult(findings: [finding("", column: 3_000_001)])
    let text = try ReportFormat.text.renderer(ReportOptions(sources: One(text: long)))
      .render(result)
    #expect(text.utf8.count < 4000)
    #expect(text.contains("xxxHEREyyy"))
  }

  @Test func placesOutsideTheTextAreNamedOnly() throws {
    var far = finding("")
    far.line = 1_000_000
    far.column = 1_000_000
    far.trace = []
    let text = try ReportFormat.text.renderer(ReportOptions(sources: One(text: "int x;\n")))
      .render(ReviewResult(findings: [far]))
    #expect(text.contains("--> a.c:1000000:1000000 in f()"))
  }
}
