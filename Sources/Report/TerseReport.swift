internal import Findings

/// One line a finding, `file:line: TYPE: message`, as checkpatch's `--terse` prints them.
///
/// With `--show-types` the level stands before the type, exactly as checkpatch does it, which is
/// what b4 and others look for.
struct TerseReport: Renderer {
  let options: ReportOptions

  func render(_ result: ReviewResult) -> String {
    result.findings.map { line($0) + "\n" }.joined()
  }

  private func line(_ finding: Finding) -> String {
    let level = options.showsTypes ? Self.level(finding.severity) + ":" : ""
    let fixed = finding.fixedIn.map { " (fixed by commit \($0.prefix(12)))" } ?? ""
    return "\(finding.file.visible()):\(finding.line): \(level)\(finding.type.rawValue): "
      + finding.message.visible() + fixed
  }

  /// Checkpatch's name of the level.
  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "ERROR"
    case .warning: "WARNING"
    case .info: "CHECK"
    }
  }
}
