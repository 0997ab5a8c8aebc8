internal import Findings

/// The report for people: by commit, each finding with its code, its path and what to do.
struct TextReport: Renderer {
  let options: ReportOptions

  private var style: Style { Style(isColored: options.isColored) }

  func render(_ result: ReviewResult) -> String {
    var sources = SourceLines(options.sources)
    var blocks: [String] = []
    for group in groups(of: result) {
      if let commit = group.commit { blocks.append(heading(commit, result.range)) }
      blocks += group.findings.map { block($0, result.range, &sources) }
    }
    let summary = Summary(result, isQuiet: options.isQuiet, isVerbose: options.isVerbose)
    let end = (summary.suppressed + summary.lines).map { $0.visible() }
    if !end.isEmpty { blocks.append(end.joined(separator: "\n")) }
    return blocks.isEmpty ? "" : blocks.joined(separator: "\n\n") + "\n"
  }

  /// Findings by commit, in the order of the series; those of no commit come last.
  private func groups(of result: ReviewResult) -> [(commit: String?, findings: [Finding])] {
    var order: [String?] = result.range.commits.map(\.oid)
    for finding in result.findings where !order.contains(finding.commit) {
      order.append(finding.commit)
    }
    let byCommit = Dictionary(grouping: result.findings, by: \.commit)
    return order.compactMap { commit in byCommit[commit].map { (commit, $0) } }
  }

  private func heading(_ oid: String, _ range: ReviewResult.Range) -> String {
    guard let commit = range.commits.first(where: { $0.oid == oid }) else {
      return style.heading("Commit \(oid.prefix(12))")
    }
    let title = "Patch \(commit.patch)/\(range.commits.count)"
    return style.heading(title) + " " + cite(commit)
  }

  /// A commit as the kernel's documentation wants it cited.
  private func cite(_ commit: ReviewResult.Commit) -> String {
    "\(commit.oid.prefix(12)) (\"\(commit.subject.visible())\")"
  }

  private func block(
    _ finding: Finding, _ range: ReviewResult.Range, _ sources: inout SourceLines
  ) -> String {
    let frame = CodeFrame(finding, style: style)
    var lines = [title(finding), frame.arrow + place(finding)]
    let showsCode = showsCode(finding)
    let asides = asides(finding, range)
    if showsCode {
      lines += frame.lines(from: &sources)
      if !asides.isEmpty { lines.append(frame.bar) }
    }
    lines += asides.map { frame.aside + $0 }
    return lines.map { $0.trimmedAtEnd() }.joined(separator: "\n")
  }

  /// A remark says all in one line, and a broken bisection points to a finding that has the code.
  private func showsCode(_ finding: Finding) -> Bool {
    if options.isVerbose { return true }
    return finding.type != .bisectBreak && (finding.severity > .info || !finding.trace.isEmpty)
  }

  private func title(_ finding: Finding) -> String {
    let label = "\(finding.severity.rawValue)[\(finding.type.rawValue)]"
    return style.severity(finding.severity, label) + style.bold(": " + finding.message.visible())
  }

  private func place(_ finding: Finding) -> String {
    var text = "\(finding.file.visible()):\(finding.line):\(finding.column)"
    if let function = finding.function { text += " in \(function.visible())()" }
    if finding.side == .old { text += " (before the commit)" }
    return text
  }

  private func asides(_ finding: Finding, _ range: ReviewResult.Range) -> [String] {
    var asides = finding.related.map { related in
      let function = related.function.map { " \($0.visible())()" } ?? ""
      return "see \(related.file.visible()):\(related.line)\(function): "
        + related.message.visible()
    }
    if let oid = finding.fixedIn {
      let fix = range.commits.first { $0.oid == oid }
      asides.append(
        fix.map { "fixed by patch \($0.patch)/\(range.commits.count) " + cite($0) }
          ?? "fixed by commit \(oid.prefix(12))")
    }
    if finding.preexisting { asides.append("was there before the range") }
    if finding.confidence == .low { asides.append("this is a guess: read the code first") }
    if !finding.remedy.isEmpty {
      asides.append(style.help("help: ") + finding.remedy.visible())
    }
    return asides
  }
}
