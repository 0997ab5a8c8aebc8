internal import Findings

/// One finding with its code.
struct HTMLFinding {
  struct Step {
    var place: String
    var message: [HTMLPhrase]

    init(place: String, message: String) {
      self.place = place
      self.message = HTMLPhrase.phrases(message)
    }
  }

  var id: String
  var type: String
  var severity: String
  var message: [HTMLPhrase]
  var place: String
  /// Which patch brings it in and what becomes of it.
  var origin: [String]
  var patch: String
  var frames: [HTMLFrame]
  var hasCode = false
  var steps: [Step]
  var hasSteps = false
  /// One at most; the template shows what is in a list.
  var comparison: [HTMLComparison]
  var related: [Step]
  var hasRelated = false
  var remedy: [HTMLPhrase]
  var hasRemedy = false
  var summary: String
  var fingerprint: String

  init(
    _ finding: Finding, number: Int, range: ReviewResult.Range, summary: String,
    sources: inout SourceLines
  ) {
    id = "finding-\(number)"
    type = finding.type.rawValue
    severity = finding.severity.rawValue
    message = HTMLPhrase.phrases(finding.message.visible())
    place = Self.place(finding.file, finding.line, finding.function)
    patch = finding.patch.map(String.init) ?? ""
    origin = Self.origin(of: finding, range)
    frames = HTMLFrame.frames(of: finding, from: &sources)
    steps = finding.trace.map {
      Step(place: Self.place($0.file, $0.line, nil), message: $0.message.visible())
    }
    comparison = HTMLComparison(finding, from: &sources).map { [$0] } ?? []
    related = finding.related.map {
      Step(place: Self.place($0.file, $0.line, $0.function), message: $0.message.visible())
    }
    remedy = HTMLPhrase.phrases(finding.remedy.visible())
    hasRemedy = !finding.remedy.isEmpty
    self.summary = summary
    fingerprint = finding.fingerprint
    hasCode = !frames.isEmpty
    hasSteps = !steps.isEmpty
    hasRelated = !related.isEmpty
  }

  private static func place(_ file: String, _ line: Int, _ function: String?) -> String {
    "\(file.visible()):\(line)" + (function.map { " in \($0.visible())()" } ?? "")
  }

  private static func origin(of finding: Finding, _ range: ReviewResult.Range) -> [String] {
    var parts: [String] = []
    if finding.preexisting {
      parts.append("was there before the range")
    } else if let commit = range.commits.first(where: { $0.oid == finding.commit }) {
      parts.append(
        "patch \(commit.patch)/\(range.commits.count) (\(commit.oid.prefix(12)) "
          + "\"\(commit.subject.visible())\")")
    }
    if let fix = range.commits.first(where: { $0.oid == finding.fixedIn }) {
      parts.append("fixed by patch \(fix.patch)")
    }
    if finding.side == .old { parts.append("in the text before the patch") }
    if finding.confidence == .low { parts.append("a guess: read the code first") }
    return parts
  }
}
