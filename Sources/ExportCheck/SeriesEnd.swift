public import Findings

/// What is known of exports only at the end of a series.
public enum SeriesEnd {
  /// Turns EXPORT_NO_USER into EXPORT_BEFORE_USER where a later commit of the series adds a user.
  ///
  /// An export that a later commit takes back stays what it was.
  ///
  /// - Parameters:
  ///   - findings: all findings of the series, with `commit` and `fixedIn` set.
  ///   - patch: the number in the series of a commit, for the message.
  /// - Returns: the findings in the same order.
  public static func settle(_ findings: [Finding], patch: (String) -> Int? = { _ in nil })
    -> [Finding]
  {
    var takenBack: Set<[String]> = []
    for finding in findings where finding.type == .exportRemoved {
      if let commit = finding.commit, let symbol = finding.symbol {
        takenBack.insert([commit, symbol])
      }
    }
    return findings.map { finding in
      guard finding.type == .exportNoUser, let fixedIn = finding.fixedIn,
        let symbol = finding.symbol, !takenBack.contains([fixedIn, symbol])
      else { return finding }
      return beforeUser(finding, symbol, patch(fixedIn))
    }
  }

  private static func beforeUser(_ finding: Finding, _ symbol: String, _ number: Int?) -> Finding {
    var result = Finding(
      type: .exportBeforeUser, file: finding.file, line: finding.line, column: finding.column,
      message: "\(symbol) is exported before anything needs it; "
        + (number.map { "patch \($0)" } ?? "a later patch") + " of the series adds the user.",
      remedy: "Say so in the commit message, or export it in the patch that uses it.",
      side: finding.side, fingerprint: Fingerprint(.exportBeforeUser, [symbol]),
      related: finding.related, data: finding.data)
    result.commit = finding.commit
    result.patch = finding.patch
    result.patches = finding.patches
    result.fixedIn = finding.fixedIn
    result.preexisting = finding.preexisting
    return result
  }
}

extension Finding {
  /// The symbol that an export finding is about.
  var symbol: String? {
    if case .string(let name)? = data["symbol"] { name } else { nil }
  }
}
