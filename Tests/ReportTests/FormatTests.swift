import Findings
import Foundation
import Report
import Testing

@Suite struct FormatTests {
  private func options(_ change: (inout ReportOptions) -> Void = { _ in }) -> ReportOptions {
    var options = ReportOptions(sources: Example.Sources())
    options.patches = Example.Patches()
    change(&options)
    return options
  }

  @Test(arguments: ReportFormat.allCases)
  func golden(format: ReportFormat) throws {
    let text = try format.renderer(options()).render(Example.result)
    try expectGolden(text, "example.\(format.rawValue)")
  }

  @Test func verboseText() throws {
    let text = try ReportFormat.text.renderer(options { $0.isVerbose = true })
      .render(Example.result)
    try expectGolden(text, "example-verbose.text")
  }

  @Test func coloredText() throws {
    let text = try ReportFormat.text.renderer(options { $0.isColored = true })
      .render(Example.result)
    try expectGolden(text, "example-colored.text")
  }

  @Test func textWithoutSources() throws {
    let text = try ReportFormat.text.renderer(ReportOptions()).render(Example.result)
    try expectGolden(text, "example-without-sources.text")
  }

  @Test func coloursOnlyWhenAsked() throws {
    for format in ReportFormat.allCases {
      let text = try format.renderer(options()).render(Example.result)
      #expect(!text.unicodeScalars.contains("\u{1b}"))
    }
  }

  @Test func quietTextKeepsTheFindingsAndWhatWasLost() throws {
    let text = try ReportFormat.text.renderer(options { $0.isQuiet = true })
      .render(Example.result)
    #expect(text.contains("LOCK_HELD_AT_RETURN"))
    #expect(text.contains("not analysed: fs/pond/file.c:50"))
    #expect(!text.contains("No findings"))
  }

  @Test func quietAndCleanIsSilent() throws {
    let clean = ReviewResult(coverage: [Coverage(commit: nil, file: "a.c", status: .parsed)])
    #expect(try ReportFormat.text.renderer(options { $0.isQuiet = true }).render(clean) == "")
    for format in [ReportFormat.terse, .jsonl] {
      #expect(try format.renderer(options()).render(clean) == "")
    }
  }

  @Test func cleanTextSaysWhatItLookedAt() throws {
    let clean = ReviewResult(
      coverage: [Coverage(commit: nil, file: "a.c", status: .parsed, touched: 3, analysed: 3)])
    let text = try ReportFormat.text.renderer(options()).render(clean)
    #expect(
      text == """
        No findings.
        3 of 3 functions analysed, 1 of 1 file version parsed without error.

        """)
  }

  @Test func lostFunctionsOfOneReasonShareALine() throws {
    let gaps = (1...7).map { Coverage.Gap(function: "f\($0)", line: $0, reason: "no flags") }
    let other = Coverage.Gap(function: "g", line: 9, reason: "an unknown macro")
    let lost = ReviewResult(coverage: [
      Coverage(
        commit: nil, file: "a.c", status: .degraded, functions: gaps + [other], touched: 8,
        incomplete: true)
    ])
    let text = try ReportFormat.text.renderer(options()).render(lost)
    #expect(
      text == """
        not analysed: a.c:1 f1(), f2(), f3(), f4(), f5() and 2 more: no flags
        not analysed: a.c:9 g(): an unknown macro
        No findings in what could be analysed.
        0 of 8 functions analysed, 0 of 1 file version parsed without error.

        """)
  }

  @Test func terseWithLevels() throws {
    let text = try ReportFormat.terse.renderer(options { $0.showsTypes = true })
      .render(Example.result)
    #expect(text.contains("fs/pond/direct.c:10: ERROR:LOCK_HELD_AT_RETURN: returns with"))
    #expect(text.contains("fs/pond/direct.c:3: WARNING:DUPLICATE_FUNCTION: "))
  }

  @Test func jsonComesBackAsItWas() throws {
    let text = try ReportFormat.json.renderer(options()).render(Example.result)
    let back = try JSONDecoder().decode(ReviewResult.self, from: Data(text.utf8))
    #expect(back == Example.result)
  }

  /// Outside programs index these keys without asking whether they are there.
  @Test func jsonWritesNulls() throws {
    var finding = Example.old
    finding.function = nil
    finding.related = [.init(file: "a.c", line: 1, message: "m")]
    let result = ReviewResult(
      coverage: [Coverage(commit: nil, file: "a.c", status: .parsed)], findings: [finding],
      notes: [.init(message: "n")])
    let text = try ReportFormat.json.renderer(options()).render(result)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let range = try #require(json["range"] as? [String: Any])
    #expect(range["base"] is NSNull && range["head"] is NSNull)
    let coverage = try #require((json["coverage"] as? [[String: Any]])?.first)
    #expect(coverage["commit"] is NSNull)
    let first = try #require((json["findings"] as? [[String: Any]])?.first)
    for key in ["commit", "patch", "patches", "fixedIn", "function"] {
      #expect(first[key] is NSNull, "\(key)")
    }
    let related = try #require((first["related"] as? [[String: Any]])?.first)
    #expect(related["function"] is NSNull)
  }

  @Test func sameBytesEveryTime() throws {
    for format in ReportFormat.allCases {
      let texts = try (0..<20).map { _ in
        try format.renderer(options()).render(Example.result)
      }
      #expect(Set(texts).count == 1)
    }
  }

  @Test func oneSARIFRunACommitAndOneForWhatWasThere() throws {
    let text = try ReportFormat.sarif.renderer(options()).render(Example.result)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let runs = try #require(json["runs"] as? [[String: Any]])
    #expect(runs.count == 5)
    let results = runs.map { ($0["results"] as? [[String: Any]])?.count }
    #expect(results == [1, 0, 2, 1, 0])
    let states = runs.flatMap { $0["results"] as? [[String: Any]] ?? [] }
      .map { $0["baselineState"] as? String }
    #expect(states == ["unchanged", "new", "new", "new"])
    // Patch 3 lost a function, and a run without results must not look clean.
    let invocation = try #require((runs[3]["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == false)
    #expect((invocation["toolExecutionNotifications"] as? [Any])?.count == 1)
  }

  @Test func gitLabGetsDifferentFingerprints() throws {
    let result = ReviewResult(findings: [Example.leak, Example.leak, Example.leak])
    let text = try ReportFormat.gitlab.renderer(options()).render(result)
    let issues = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == 3)
  }
}
