/// The formats that exist, by the names that `--format` takes.
public enum ReportFormat: String, CaseIterable, Sendable {
  case text
  case terse
  case json
  case jsonl
  case sarif
  case rdjson
  case checkstyle
  case gitlab
  case github
  case html
  case mail

  /// The renderer of the format.
  public func renderer(_ options: ReportOptions) -> any Renderer {
    switch self {
    case .text: TextReport(options: options)
    case .terse: TerseReport(options: options)
    case .json: JSONReport()
    case .jsonl: JSONLinesReport()
    case .sarif: SARIFReport(options: options)
    case .rdjson: RDJSONReport()
    case .checkstyle: CheckstyleReport()
    case .gitlab: GitLabReport()
    case .github: GitHubReport()
    case .html: HTMLReport(options: options)
    case .mail: MailReport(options: options)
    }
  }
}
