internal import Findings

/// Some lines of a file, those of the path marked.
struct HTMLFrame {
  struct Line {
    var number: Int
    var step: String
    var text: String
    /// At most one; the template shows what is in a list.
    var `class`: [String]
  }

  var file: String
  var lines: [Line]

  /// Lines shown around a marked one.
  private static let margin = 3
  /// A path through a thousand lines is shown by its ends.
  private static let longest = 120

  /// The frames of a finding, a file each, the finding's own first; none without texts.
  static func frames(of finding: Finding, from sources: inout SourceLines) -> [HTMLFrame] {
    var files = [finding.file]
    for step in finding.trace where !files.contains(step.file) { files.append(step.file) }
    return files.compactMap { frame($0, finding, &sources) }
  }

  private static func frame(_ file: String, _ finding: Finding, _ sources: inout SourceLines)
    -> HTMLFrame?
  {
    var steps: [Int: [Int]] = [:]
    for (index, step) in finding.trace.enumerated() where step.file == file {
      steps[step.line, default: []].append(index + 1)
    }
    if file == finding.file { steps[finding.line] = steps[finding.line] ?? [] }
    let wanted = Set(steps.keys.flatMap { max(1, $0 - margin)...max(1, $0) + margin }).sorted()
    var lines: [Line] = []
    var previous: Int?
    for number in wanted.prefix(longest) {
      guard
        let text = sources.line(number, of: file, at: finding.commit, side: finding.side)
      else { continue }
      if let previous, number > previous + 1 {
        lines.append(Line(number: previous + 1, step: "", text: "…", class: []))
      }
      previous = number
      let isMain = file == finding.file && number == finding.line
      let marks = (steps[number] ?? []).map(String.init).joined(separator: ", ")
      lines.append(
        Line(
          number: number, step: isMain && marks.isEmpty ? "●" : marks, text: HTMLText.code(text),
          class: isMain ? ["main"] : steps[number] != nil ? ["marked"] : []))
    }
    return lines.isEmpty ? nil : HTMLFrame(file: file.visible(), lines: lines)
  }
}

/// Code for a page: tabs stay, what could steer or hide is made visible, endless lines are cut.
enum HTMLText {
  private static let longest = 2_000

  static func code(_ line: Substring) -> String {
    line.prefix(longest).split(separator: "\t", omittingEmptySubsequences: false)
      .map { $0.visible() }.joined(separator: "\t") + (line.count > longest ? "…" : "")
  }
}
