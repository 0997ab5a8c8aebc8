internal import Findings

/// Workflow commands, which GitHub Actions shows as annotations beside the code.
struct GitHubReport: Renderer {
  func render(_ result: ReviewResult) -> String {
    let findings = result.findings.map(line)
    let lost = result.coverage.filter(\.incomplete).map { entry in
      "::warning file=\(property(entry.file)),title=not analysed::"
        + text(entry.reason.isEmpty ? "not everything could be analysed" : entry.reason)
    }
    return (findings + lost).map { $0 + "\n" }.joined()
  }

  private func line(_ finding: Finding) -> String {
    let message = [finding.message, finding.remedy].filter { !$0.isEmpty }.joined(separator: "\n")
    return "::\(Self.level(finding.severity)) file=\(property(finding.file)),line=\(finding.line),"
      + "col=\(finding.column),title=\(finding.type.rawValue)::\(text(message))"
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "notice"
    }
  }

  /// A message, with what would end the command written in GitHub's way.
  private func text(_ message: String) -> String {
    message.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.visible().replacing("%", with: "%25") }
      .joined(separator: "%0A")
  }

  private func property(_ value: String) -> String {
    text(value).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
