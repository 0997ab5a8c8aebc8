import CSyntax
import Findings
import LockCheck

/// What the lock check says of one version of one file, and how much of it was understood.
struct Verdict: Sendable, Codable {
  var findings: [Finding] = []
  /// Functions that could not be analysed.
  var gaps: [Coverage.Gap] = []
  /// Lines that `#if` leaves out.
  var inactive: [ClosedRange<Int>] = []
  var status: Coverage.Status
  /// Why the file was not parsed, or what the parser found wrong first.
  var reason = ""
  /// Where the flags came from.
  var config: String

  /// Judges a parsed file.
  ///
  /// - Parameter others: parses of other files whose functions this one calls.
  init(
    on file: SourceFile, _ parsed: UnitParser.Parsed, _ check: LockCheck,
    with others: [SyntaxUnit] = []
  ) {
    config = parsed.config
    reason = parsed.reason
    guard let unit = parsed.unit else {
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
    inactive = unit.inactive
    status = unit.diagnostics.isEmpty ? .parsed : .degraded
    addDistrusted(in: unit)
    if status == .degraded { addUnseen(in: unit, of: file) }
  }

  /// The verdict where only tokens were wanted.
  static let ofTokens = Verdict(status: .parsed, config: "tokens only")

  private init(status: Coverage.Status, config: String) {
    self.status = status
    self.config = config
  }

  func isInactive(_ line: Int) -> Bool { inactive.contains { $0.contains(line) } }

  /// Functions that hold an error of the parser.
  private mutating func addDistrusted(in unit: SyntaxUnit) {
    let known = Set(gaps.map(\.function))
    for function in unit.ownFunctions {
      let name = unit.strings[function.name]
      guard let reason = function.distrust, !known.contains(name) else { continue }
      gaps.append(.init(function: name, line: Int(function.start.line), reason: reason))
    }
  }

  /// Functions that stand in the text but not in the parse, though no `#if` leaves them out.
  private mutating func addUnseen(in unit: SyntaxUnit, of file: SourceFile) {
    let seen = Set(unit.ownFunctions.map { unit.strings[$0.name] })
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
}
