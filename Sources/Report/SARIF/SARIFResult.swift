internal import Findings

/// One finding.
struct SARIFResult: Encodable {
  struct CodeFlow: Encodable {
    var threadFlows: [ThreadFlow]
  }

  struct ThreadFlow: Encodable {
    var locations: [Step]
  }

  struct Step: Encodable {
    var location: SARIFLocation
    var executionOrder: Int
  }

  struct Suppression: Encodable {
    var kind: String
    var justification: String
  }

  /// What SARIF has no place for.
  struct Properties: Encodable {
    var confidence: String
    var remedy: String
    var side: String
    var patch: Int?
    var patches: Int?
    var fixedIn: String?
    var data: [String: DataValue]
  }

  var ruleId: String
  var ruleIndex: Int
  var level: String
  var message: SARIFText
  var locations: [SARIFLocation]
  var relatedLocations: [SARIFLocation]?
  var codeFlows: [CodeFlow]?
  var partialFingerprints: [String: String]
  var baselineState: String
  var suppressions: [Suppression]?
  var properties: Properties

  init(_ finding: Finding, ruleIndex: Int) {
    ruleId = finding.type.rawValue
    self.ruleIndex = ruleIndex
    level = Self.level(finding.severity)
    message = SARIFText(finding.message)
    locations = [
      SARIFLocation(
        file: finding.file, line: finding.line, column: finding.column, function: finding.function)
    ]
    if !finding.related.isEmpty {
      relatedLocations = finding.related.enumerated().map { number, related in
        SARIFLocation(
          id: number, file: related.file, line: related.line, function: related.function,
          message: related.message)
      }
    }
    if !finding.trace.isEmpty {
      let steps = finding.trace.enumerated().map { number, step in
        Step(
          location: SARIFLocation(file: step.file, line: step.line, message: step.message),
          executionOrder: number + 1)
      }
      codeFlows = [CodeFlow(threadFlows: [ThreadFlow(locations: steps)])]
    }
    partialFingerprints = ["lockstep/v1": finding.fingerprint]
    baselineState = finding.preexisting ? "unchanged" : "new"
    properties = Properties(
      confidence: finding.confidence.rawValue, remedy: finding.remedy.visible(),
      side: finding.side.rawValue, patch: finding.patch, patches: finding.patches,
      fixedIn: finding.fixedIn, data: finding.data)
  }

  init(_ entry: ReviewResult.Suppressed, ruleIndex: Int) {
    self.init(entry.finding, ruleIndex: ruleIndex)
    suppressions = [
      Suppression(kind: entry.kind.rawValue, justification: entry.reason.visible())
    ]
    if entry.kind == .external { baselineState = "unchanged" }
  }

  /// SARIF's name of a severity.
  static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}
