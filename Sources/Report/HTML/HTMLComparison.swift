internal import Findings

/// A copy beside what it repeats, line by line, the words that differ marked.
struct HTMLComparison {
  struct Part {
    var text: String
    var isChanged: Bool
  }

  struct Row {
    var leftNumber: String
    var leftParts: [Part]
    var rightNumber: String
    var rightParts: [Part]
  }

  var left: String
  var right: String
  var rows: [Row]
  /// At most one; the template shows what is in a list.
  var proposal: [String]

  /// Nil where the finding has no lines side by side, or their texts cannot be had.
  init?(_ finding: Finding, from sources: inout SourceLines) {
    guard case .array(let alignment)? = finding.data["alignment"],
      let other = finding.related.first
    else { return nil }
    left = "\(finding.function?.visible() ?? "") (\(finding.file.visible()))"
    right = "\(other.function?.visible() ?? "") (\(other.file.visible()))"
    rows = []
    for (new, old) in Self.paired(alignment) {
      let lines = (
        new.flatMap { sources.line($0, of: finding.file, at: finding.commit, side: .new) },
        old.flatMap { sources.line($0, of: other.file, at: finding.commit, side: .new) }
      )
      if lines.0 == nil && lines.1 == nil { return nil }
      let parts = WordDifference.parts(
        HTMLText.code(lines.0 ?? ""), HTMLText.code(lines.1 ?? ""))
      rows.append(
        Row(
          leftNumber: new.map(String.init) ?? "", leftParts: parts.left,
          rightNumber: old.map(String.init) ?? "", rightParts: parts.right))
    }
    guard !rows.isEmpty else { return nil }
    proposal = []
    if case .object(let sketch)? = finding.data["proposal"], sketch["worthwhile"] == .bool(true),
      case .string(let signature)? = sketch["signature"], case .string(let home)? = sketch["home"]
    {
      proposal = ["\(signature.visible()) in \(home.visible())"]
    }
  }

  /// Lines side by side: what stands on one side only is put beside what stands on the other.
  private static func paired(_ alignment: [DataValue]) -> [(new: Int?, old: Int?)] {
    var pairs: [(new: Int?, old: Int?)] = []
    var new: [Int] = []
    var old: [Int] = []
    func flush() {
      for index in 0..<max(new.count, old.count) {
        pairs.append(
          (
            new.indices.contains(index) ? new[index] : nil,
            old.indices.contains(index) ? old[index] : nil
          ))
      }
      (new, old) = ([], [])
    }
    for case .array(let pair) in alignment.prefix(400) {
      guard pair.count == 2, case .integer(let left) = pair[0], case .integer(let right) = pair[1]
      else { continue }
      if left > 0 && right > 0 {
        flush()
        pairs.append((left, right))
      } else if left > 0 {
        new.append(left)
      } else if right > 0 {
        old.append(right)
      }
    }
    flush()
    return pairs
  }
}
