internal import Findings

extension Comparison {
  /// The comparison as lines for the space under `---`, where changelogs of patches stand.
  ///
  /// - Parameter withRemarks: lists also findings of severity info.
  public func text(withRemarks: Bool) -> String {
    func counts(_ finding: Finding) -> Bool { withRemarks || finding.severity > .info }
    var lines: [String] = []
    for finding in fixed where counts(finding) {
      lines.append("fixed: \(Self.line(finding, patch: Self.patch(finding.patch)))")
    }
    for pair in still where counts(pair.new) {
      let was = pair.old.patch == pair.new.patch ? "" : " (was \(pair.old.patch ?? 0))"
      lines.append("still there: \(Self.line(pair.new, patch: Self.patch(pair.new.patch) + was))")
    }
    for finding in new where counts(finding) {
      lines.append("new: \(Self.line(finding, patch: Self.patch(finding.patch)))")
    }
    if lines.isEmpty { lines.append("no findings in either version") }
    return "lockstep, since the last version:\n" + lines.map { Self.item($0) }.joined()
  }

  private static func patch(_ number: Int?) -> String { number.map { "patch \($0)" } ?? "" }

  private static func line(_ finding: Finding, patch: String) -> String {
    let place = finding.function.map { "\($0.visible())() in " } ?? ""
    let head = patch.isEmpty ? "" : patch + ": "
    return "\(head)\(finding.type.rawValue), \(place)\(finding.file.visible())"
  }

  /// A point of a list, indented where it goes on.
  private static func item(_ text: String) -> String {
    let lines = Wrapped(text, width: 70).text.split(separator: "\n")
    return lines.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 + "\n" }.joined()
  }
}
