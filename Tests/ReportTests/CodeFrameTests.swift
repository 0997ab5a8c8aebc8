import Findings
import Report
import Testing

/// Where the caret stands, and how a path through many places is shown.
@Suite struct CodeFrameTests {
  private struct One: SourceText {
    var text: String
    func text(of file: String, at commit: String?, side: Finding.Side) -> String? { text }
  }

  private func frame(_ source: String, line: Int, column: Int, trace: [Finding.Step] = []) throws
    -> [String]
  {
    let finding = Finding(
      type: .lockNotHeld, file: "a.c", line: line, column: column, message: "m",
      fingerprint: Fingerprint(.lockNotHeld, []), trace: trace)
    let options = ReportOptions(isQuiet: true, sources: One(text: source))
    let text = try ReportFormat.text.renderer(options).render(ReviewResult(findings: [finding]))
    return text.split(separator: "\n").map(String.init)
  }

  @Test(arguments: [
    ("\tunlock(a);", 2, 8, "unlock"),
    ("  \tunlock(a);", 4, 8, "unlock"),
    ("int é = unlock(a);", 10, 8, "unlock"),
    ("\tunlock(a);", 0, 8, "unlock"),
    ("a;\tunlock(a);\r", 4, 8, "unlock"),
  ])
  func caretStandsUnderTheColumn(source: String, column: Int, offset: Int, word: String) throws {
    let lines = try frame(source + "\n", line: 1, column: column)
    let code = try #require(lines.first { $0.contains(" | ") && $0.contains(word) })
    let caret = try #require(lines.first { $0.contains("^") })
    let codeStart = try #require(code.range(of: "| ")).upperBound
    let caretStart = try #require(caret.range(of: "| ")).upperBound
    #expect(code[codeStart...].dropFirst(offset).hasPrefix(word))
    #expect(caret[caretStart...].dropFirst(offset).hasPrefix("^"))
  }

  private func step(_ line: Int, file: String = "a.c") -> Finding.Step {
    Finding.Step(file: file, line: line, message: "at \(line)")
  }

  private let twenty = (1...20).map { "line\($0);\n" }.joined()

  @Test func dotsStandForWhatLiesBetween() throws {
    let lines = try frame(twenty, line: 9, column: 1, trace: [step(2), step(4)])
    #expect(
      lines == [
        "error[LOCK_NOT_HELD]: m", " --> a.c:9:1", "  |", "2 | line2;", "  | - 1: at 2",
        "3 | line3;", "4 | line4;", "  | - 2: at 4", "...", "9 | line9;", "  | ^^^^^",
      ])
  }

  @Test func aLineIsShownOnceForAllThatHappensThere() throws {
    let lines = try frame(twenty, line: 4, column: 1, trace: [step(3), step(3)])
    #expect(
      lines == [
        "error[LOCK_NOT_HELD]: m", " --> a.c:4:1", "  |", "3 | line3;", "  | - 1: at 3",
        "  | - 2: at 3", "4 | line4;", "  | ^^^^^",
      ])
  }

  @Test func turningBackGetsAHeading() throws {
    let lines = try frame(twenty, line: 3, column: 1, trace: [step(5), step(2)])
    #expect(lines.contains(" ::: a.c:2"))
    #expect(lines.firstIndex(of: "5 | line5;")! < lines.firstIndex(of: "2 | line2;")!)
  }

  @Test func aLongPathShowsItsEnds() throws {
    let lines = try frame(twenty, line: 20, column: 1, trace: (1...20).map { step($0) })
    #expect(lines.contains { $0.hasSuffix("… 12 more steps") })
    #expect(lines.contains { $0.hasSuffix("1: at 1") })
    #expect(lines.contains { $0.hasSuffix("20: at 20") })
    #expect(!lines.contains { $0.hasSuffix("at 9") })
  }
}
