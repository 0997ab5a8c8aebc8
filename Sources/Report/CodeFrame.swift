internal import Findings

/// The lines of code that a finding is about, with what happens on each written under it.
///
/// The steps of the path come in the order in which they happen; where it leaves the file or turns
/// back, a new heading says so.
struct CodeFrame {
  /// One remark under a line.
  private struct Mark {
    var file: String
    var line: Int
    var column: Int?
    var label: String
    var isMain: Bool
  }

  /// More steps than this are shown by their beginning and end.
  private static let longestPath = 10

  private let finding: Finding
  private let style: Style
  private let marks: [Mark]
  private let left: Int

  init(_ finding: Finding, style: Style) {
    self.finding = finding
    self.style = style
    marks = Self.marks(of: finding)
    left = String(marks.map(\.line).max() ?? 1).count + 1
  }

  /// The frame, line by line; without texts it names the places only.
  func lines(from sources: inout SourceLines) -> [String] {
    var output: [String] = []
    var previous: Mark?
    for (index, mark) in marks.enumerated() {
      let line = sources.line(mark.line, of: mark.file, at: finding.commit, side: finding.side)
      let isSameLine = previous?.file == mark.file && previous?.line == mark.line
      output += join(previous, mark, &sources)
      if let skipped = skippedSteps, index == skipped.lowerBound {
        output.append(bar + style.faint("… \(skipped.count) more steps"))
      }
      previous = mark
      if let skipped = skippedSteps, skipped.contains(index) { continue }
      let shown = show(mark, line, number: marks.count > 2 ? index + 1 : nil)
      // The code of a line is not repeated for the second thing that happens there.
      output += isSameLine && line != nil ? shown.suffix(1) : shown
    }
    return output
  }

  /// The empty gutter.
  var bar: String { style.gutter(String(repeating: " ", count: left) + "| ") }

  /// The gutter of a remark below the frame.
  var aside: String { style.gutter(String(repeating: " ", count: left) + "= ") }

  /// The gutter that names a place.
  var arrow: String { style.gutter(String(repeating: " ", count: left - 1) + "--> ") }

  private var skippedSteps: Range<Int>? {
    marks.count > Self.longestPath ? 3..<marks.count - 5 : nil
  }

  private static func marks(of finding: Finding) -> [Mark] {
    var marks = finding.trace.map {
      Mark(file: $0.file, line: $0.line, column: nil, label: $0.message, isMain: false)
    }
    let main = Mark(
      file: finding.file, line: finding.line, column: finding.column, label: "", isMain: true)
    if let last = marks.last, last.file == main.file, last.line == main.line {
      marks[marks.count - 1].column = main.column
      marks[marks.count - 1].isMain = true
    } else {
      marks.append(main)
    }
    return marks
  }

  /// What stands between two marks: nothing, the line between, dots, or a heading.
  private func join(_ previous: Mark?, _ mark: Mark, _ sources: inout SourceLines) -> [String] {
    guard let previous else {
      // The heading above the frame names the place of the main mark.
      return mark.file == finding.file ? [bar] : [elsewhere(mark)]
    }
    guard previous.file == mark.file, previous.line <= mark.line else {
      return [elsewhere(mark)]
    }
    switch mark.line - previous.line {
    case 0, 1:
      return []
    case 2:
      let between = sources.line(
        mark.line - 1, of: mark.file, at: finding.commit, side: finding.side)
      return between.map { [numbered(mark.line - 1) + SourceLine($0, column: nil).text] } ?? []
    default:
      return [style.gutter("...")]
    }
  }

  private func elsewhere(_ mark: Mark) -> String {
    style.gutter(String(repeating: " ", count: left - 1) + "::: ")
      + "\(mark.file.visible()):\(mark.line)"
  }

  private func show(_ mark: Mark, _ line: Substring?, number: Int?) -> [String] {
    let step = number.map { "\($0): " } ?? ""
    let label = mark.label.isEmpty ? "" : step + mark.label.visible()
    guard let line else {
      return label.isEmpty ? [] : [numbered(mark.line) + label]
    }
    let code = SourceLine(line, column: mark.column, subject: mark.isMain ? finding.function : nil)
    let carets = String(repeating: "^", count: code.length)
    let pointer =
      mark.isMain
      ? style.severity(finding.severity, "\(carets) \(label)".trimmedAtEnd())
      : style.gutter("- \(label)".trimmedAtEnd())
    return [
      (numbered(mark.line) + code.text).trimmedAtEnd(),
      bar + String(repeating: " ", count: code.offset) + pointer,
    ]
  }

  private func numbered(_ line: Int) -> String {
    let digits = String(line)
    return style.gutter(
      String(repeating: " ", count: max(0, left - 1 - digits.count)) + digits + " | ")
  }
}
