internal import Findings

/// The end of a report: what was found, and how far the review looked.
struct Summary {
  /// Lines without an end; what comes from the reviewed files is not yet made visible.
  let lines: [String]

  /// What was answered beforehand, a line each.
  let suppressed: [String]

  /// - Parameters:
  ///   - isQuiet: leaves out the counts, and the coverage where nothing was lost.
  ///   - isVerbose: names also what was lost without the range touching it.
  init(_ result: ReviewResult, isQuiet: Bool, isVerbose: Bool) {
    var lines = Self.lost(result.coverage, all: isVerbose)
    if !isQuiet { lines.append(Self.counts(result)) }
    if !isQuiet || result.isIncomplete { lines.append(Self.analysed(result.coverage)) }
    self.lines = lines
    suppressed = isQuiet ? [] : result.suppressed.map(Self.suppression)
  }

  private static func suppression(_ entry: ReviewResult.Suppressed) -> String {
    let place = "\(entry.finding.type.rawValue) at \(entry.finding.file):\(entry.finding.line)"
    return switch entry.kind {
    case .inSource: "ignored by a comment: \(place): \(entry.reason)"
    case .external: "ignored: \(place): \(entry.reason)"
    }
  }

  private static func counts(_ result: ReviewResult) -> String {
    let counted = result.counted
    let amounts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = counted.count { $0.severity == severity }
      return switch (count, severity) {
      case (0, _): nil
      case (_, .error): plural(count, "error")
      case (_, .warning): plural(count, "warning")
      case (_, .info): "\(count) info"
      }
    }
    let none = result.isIncomplete ? "No findings in what could be analysed" : "No findings"
    var text = amounts.isEmpty ? none : amounts.joined(separator: ", ")
    let commits = result.range.commits.count
    if commits > 0 { text += " in " + plural(commits, "commit") }
    let repaired = result.findings.count { !$0.preexisting && $0.fixedIn != nil }
    if repaired > 0 { text += "; \(repaired) more repaired within the series" }
    let old = result.findings.count(where: \.preexisting)
    if old > 0 { text += "; \(old) more there before the range" }
    return text + "."
  }

  /// One sentence on how much of what was asked for was really looked at.
  private static func analysed(_ coverage: [Coverage]) -> String {
    let relevant = coverage.filter { $0.status != .skipped || $0.incomplete }
    guard !relevant.isEmpty else { return "Nothing to analyse: no C source was touched." }
    let touched = relevant.reduce(0) { $0 + $1.touched }
    let analysed = relevant.reduce(0) { $0 + $1.analysed }
    let parsed = relevant.count { $0.status == .parsed }
    let changed = relevant.contains { $0.commit != nil } ? "changed " : ""
    var text =
      "\(analysed) of \(touched) \(changed)functions analysed, "
      + "\(parsed) of \(plural(relevant.count, "file version")) parsed without error"
    let configurations = Set(relevant.map(\.config)).subtracting([""]).sorted()
    if configurations.count == 1 { text += " (\(configurations[0]))" }
    let left = relevant.reduce(0) { $0 + $1.inactive.reduce(0) { $0 + $1.count } }
    if left > 0 { text += ", \(plural(left, "\(changed)line")) left out by #if" }
    return text + "."
  }

  /// What could not be analysed: a line for all functions of a file that share the reason.
  private static func lost(_ coverage: [Coverage], all: Bool) -> [String] {
    coverage.filter { $0.incomplete || all && $0.status != .parsed }.flatMap { entry in
      let label = entry.incomplete ? "not analysed: " : "not read whole: "
      let commit = entry.commit.map { " at \($0.prefix(12))" } ?? ""
      guard !entry.functions.isEmpty else {
        return [label + entry.file + commit + (entry.reason.isEmpty ? "" : ": " + entry.reason)]
      }
      var reasons: [String] = []
      for gap in entry.functions where !reasons.contains(gap.reason) { reasons.append(gap.reason) }
      return reasons.map { reason in
        let gaps = entry.functions.filter { $0.reason == reason }
        return "\(label)\(entry.file):\(gaps[0].line)\(commit) \(names(gaps)): \(reason)"
      }
    }
  }

  /// Names of functions, at most five of them.
  private static func names(_ gaps: [Coverage.Gap]) -> String {
    let names = gaps.prefix(5).map { "\($0.function)()" }.joined(separator: ", ")
    return gaps.count > 5 ? names + " and \(gaps.count - 5) more" : names
  }

  private static func plural(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
