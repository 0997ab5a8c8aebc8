import CSyntax
import Findings
import GitKit

/// The conditions to turn so that the lines of a file which a series changes, and which the
/// configuration leaves out, are compiled.
struct InactiveTurn {
  /// Nil where nothing that is left out is changed, or no condition can be turned.
  static func turn(
    _ history: FileHistory, _ judged: [FileHistory.Version: FileJudgement]
  ) -> ConditionTurn? {
    var turn = ConditionTurn()
    for (index, changed) in history.changes.enumerated() {
      guard let changed, let version = history.versions[index + 1], let judgement = judged[version]
      else { continue }
      for inactive in judgement.verdict.inactive
      where changed.contains(where: { $0.overlaps(inactive) }) {
        // What cannot be turned stays named as inactive.
        _ = condition(before: inactive.lowerBound, in: judgement.file.outline).map { turn.add($0) }
      }
    }
    return turn.isEmpty ? nil : turn
  }

  /// What must hold for the branch to be compiled that begins before `line`.
  private static func condition(before line: Int, in outline: Outline) -> String? {
    let directive = outline.directives.directives.last { $0.line < line }
    guard let directive, directive.condition >= 0,
      directive.kind == .if || directive.kind == .elif || directive.kind == .else,
      !directive.isDead
    else { return nil }
    return outline.directives.conditions[Int(directive.condition)].text
  }
}

extension Verdict {
  /// Adds what was found out about the lines that this parse leaves out.
  ///
  /// - Parameter turned: the verdict on the same file with conditions turned.
  func adding(_ turned: Verdict, of file: SourceFile) -> Verdict {
    var whole = self
    let seen = inactive.filter { range in !turned.inactive.contains { $0.overlaps(range) } }
    let functions = file.outline.functions.filter { function in
      seen.contains { $0.overlaps(function.startLine...function.endLine) }
    }
    let lost = Set(turned.gaps.map(\.function))
    let sound = Set(functions.map(\.name)).subtracting(lost)
    let known = Set(findings.map(\.fingerprint))
    whole.findings += turned.findings.filter { finding in
      finding.function.map(sound.contains) ?? false && !known.contains(finding.fingerprint)
    }
    // What could not be read that way either stays inactive.
    whole.inactive.removeAll { range in
      seen.contains(range)
        && functions.allSatisfy {
          !range.overlaps($0.startLine...$0.endLine) || sound.contains($0.name)
        }
    }
    return whole
  }
}
