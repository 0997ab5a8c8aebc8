import BuiltinRules
import Findings

/// What `explain` prints about a type.
struct TypeExplanation {
  let text: String

  private static let width = 80

  init(_ type: FindingType, _ entry: TypeGuide.Entry) {
    text = """
      \(type.rawValue) (\(type.area.rawValue), \(type.severity.rawValue))
      \(entry.summary)

      What it means
      \(Self.wrapped(entry.meaning))

      Why it matters
      \(Self.wrapped(entry.why))

      Bad
      \(Self.indented(entry.bad))

      Good
      \(Self.indented(entry.good))
      """
  }

  private static func wrapped(_ paragraph: String) -> String {
    var lines = [""]
    for word in paragraph.split(whereSeparator: \.isWhitespace) {
      if lines[lines.count - 1].count + word.count + 3 > width { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines.map { "  " + $0 }.joined(separator: "\n")
  }

  private static func indented(_ code: String) -> String {
    code.split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast(code.hasSuffix("\n") ? 1 : 0)
      .map { $0.isEmpty ? "" : "    " + expanded($0) }
      .joined(separator: "\n")
  }

  /// With the kernel's tabs of 8 columns as spaces, so that indenting keeps comments in line.
  private static func expanded(_ line: Substring) -> String {
    line.reduce(into: "") { text, character in
      text +=
        character == "\t"
        ? String(repeating: " ", count: 8 - text.count % 8) : String(character)
    }
  }
}
