import Findings

/// For each error that one commit brings in and a later one takes away: that the series breaks
/// in between.
enum BisectBreaks {
  static func findings(for found: [Finding], in series: Series) -> [Finding] {
    found.compactMap { finding in
      guard finding.severity == .error, let birth = finding.commit, let end = finding.fixedIn,
        let from = series.revisions.first(where: { $0.oid == birth })?.commit,
        let to = series.revisions.first(where: { $0.oid == end })?.commit
      else { return nil }
      var breaking = Finding(
        type: .bisectBreak, confidence: finding.confidence, file: finding.file,
        line: finding.line, column: finding.column, function: finding.function,
        message: "patch \(from.patch) (\"\(from.subject)\") brings in \(finding.type.rawValue), "
          + "patch \(to.patch) (\"\(to.subject)\") takes it away: a bisection that stops between "
          + "them meets it",
        remedy: "Fold the repair into patch \(from.patch): git commit --fixup=\(birth.prefix(12))",
        fingerprint: Fingerprint(.bisectBreak, [finding.fingerprint]),
        related: [
          .init(
            file: finding.file, line: finding.line, function: finding.function,
            message: finding.message)
        ],
        data: [
          "breaks": .string(finding.type.rawValue), "fixedIn": .string(end),
          "finding": .string(finding.fingerprint),
        ])
      breaking.commit = birth
      breaking.patch = finding.patch
      breaking.patches = finding.patches
      return breaking
    }
  }
}
