internal import Findings

/// All that the template of the page shows, in its order.
///
/// The template sees stored properties only.
struct HTMLPage {
  struct Count {
    var severity: String
    var count: Int
  }

  struct CommitHead {
    var number: Int
    var short: String
    var subject: String
  }

  var title = "lockstep review"
  var subtitle: String
  var style = String(decoding: PackageResources.report_css, as: UTF8.self)
  var script = String(decoding: PackageResources.report_js, as: UTF8.self)
  /// SHA-256 in base64, without which no browser applies the style or runs the script.
  var styleHash = SHA256(PackageResources.report_css).base64
  var scriptHash = SHA256(PackageResources.report_js).base64
  var counts: [Count]
  var summary: [String]
  var notes: [String]
  var lost: [String]
  var hasLost = false
  var suppressed: [String]
  var hasSuppressed = false
  var types: [String]
  var commits: [CommitHead]
  var rows: [HTMLMatrixRow]
  var hasMatrix = false
  var findings: [HTMLFinding]
  var hasFindings = false
  var nothing: String
  var ledger: [HTMLLedgerRow]
  var hasLedger = false
  var coverageSentence: String
  var coverage: [HTMLCoverageRow]
  var tool: String

  init(_ result: ReviewResult, options: ReportOptions) {
    var sources = SourceLines(options.sources)
    let range = result.range
    commits = range.commits.map {
      CommitHead(
        number: $0.patch, short: String($0.oid.prefix(12)), subject: $0.subject.visible())
    }
    let ends = [range.base, range.head].compactMap { $0.map { String($0.prefix(12)) } }
    subtitle = ends.joined(separator: "..")
    counts = Severity.allCases.reversed().map { severity in
      Count(
        severity: severity.rawValue, count: result.counted.count { $0.severity == severity })
    }
    let end = Summary(result, isQuiet: false, isVerbose: options.isVerbose)
    summary = end.lines.suffix(2).map { $0.visible() }
    lost = end.lines.dropLast(2).map { $0.visible() }
    coverageSentence = summary.last ?? ""
    nothing = summary.first ?? ""
    suppressed = end.suppressed.map { $0.visible() }
    notes = result.notes.map { $0.message.visible() }
    types = Set(result.findings.map(\.type)).sorted().map(\.rawValue)
    // What matters most comes first; within a severity the report's own order stays.
    let ordered = Severity.allCases.reversed().flatMap { severity in
      result.findings.filter { $0.severity == severity }
    }
    findings = []
    for (index, finding) in ordered.enumerated() {
      findings.append(
        HTMLFinding(
          finding, number: index + 1, range: range, summary: options.summary(finding.type),
          sources: &sources))
    }
    rows = zip(findings, ordered).map { HTMLMatrixRow($0, $1, range: range) }
    ledger = zip(findings, ordered).compactMap { HTMLLedgerRow($0, $1) }
    coverage = result.coverage.map { HTMLCoverageRow($0, range: range) }
    tool = "\(result.tool.name) \(result.tool.version)"
    hasLost = !lost.isEmpty
    hasMatrix = !commits.isEmpty && !rows.isEmpty
    hasFindings = !findings.isEmpty
    hasSuppressed = !suppressed.isEmpty
    hasLedger = !ledger.isEmpty
  }
}
