import CSyntax
import Findings
import LockCheck

/// What the lock check says of one version of one file, and how much of it was understood.
struct FileJudgement: Sendable {
  var file: SourceFile
  var findings: [Finding]
  /// Functions that could not be analysed.
  var gaps: [Coverage.Gap]
  /// Functions that the parser saw.
  var seen: Set<String>
  var inactive: [ClosedRange<Int>]
  var status: Coverage.Status
  var reason: String
  var config: String

  /// Judges a parsed file.
  ///
  /// - Parameter others: parses of other files whose functions this one calls.
  init(
    _ file: SourceFile, _ parsed: UnitParser.Parsed, _ check: LockCheck,
    with others: [SyntaxUnit] = []
  ) {
    self.file = file
    config = parsed.config
    reason = parsed.reason
    guard let unit = parsed.unit else {
      findings = []
      seen = []
      inactive = []
      gaps = file.outline.functions.map {
        .init(function: $0.name, line: $0.nameLine, reason: parsed.reason)
      }
      status = .skipped
      return
    }
    let reviewed = check.review(
      FileVersion(path: file.path, text: file.text, unit: unit), with: others)
    findings = reviewed.findings
    gaps = reviewed.unanalysed.map {
      .init(function: $0.function, line: $0.line, reason: $0.reason)
    }
    let known = Set(gaps.map(\.function))
    for function in unit.ownFunctions where function.distrust != nil {
      let name = unit.strings[function.name]
      if !known.contains(name) {
        gaps.append(
          .init(function: name, line: Int(function.start.line), reason: function.distrust ?? ""))
      }
    }
    seen = Set(unit.ownFunctions.map { unit.strings[$0.name] })
    inactive = unit.inactive
    status = unit.diagnostics.isEmpty ? .parsed : .degraded
    addUnseen()
  }

  /// A file of which only the tokens were wanted.
  init(tokensOf file: SourceFile) {
    self.file = file
    findings = []
    gaps = []
    seen = Set(file.outline.functions.map(\.name))
    inactive = []
    status = .parsed
    reason = ""
    config = "tokens only"
  }

  /// Functions that stand in the text but not in the parse, though no `#if` leaves them out.
  private mutating func addUnseen() {
    guard status == .degraded else { return }
    let known = Set(gaps.map(\.function))
    for function in file.outline.functions
    where !seen.contains(function.name) && !known.contains(function.name)
      && !isInactive(function.nameLine)
    {
      gaps.append(
        .init(
          function: function.name, line: function.nameLine,
          reason: "lost to an error before it: \(reason)"))
    }
  }

  func isInactive(_ line: Int) -> Bool { inactive.contains { $0.contains(line) } }
}
