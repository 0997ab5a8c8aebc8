import Findings

/// Tells when findings come into a series and when they leave it.
///
/// States are the findings of one file (or of everything) version by version, the series' base
/// first; what two versions share has the same fingerprint, as often as it occurs.
struct LifeLines {
  let revisions: [Revision]

  /// Findings born in the series, with the revision that brings them in and the one that takes
  /// them away; with `all` also those that were there before.
  func born(_ states: [[Finding]], all: Bool) -> [Finding] {
    var found: [Finding] = []
    for index in revisions.indices {
      let before = counts(states[index])
      var seen: [String: Int] = [:]
      for finding in states[index + 1] {
        seen[finding.fingerprint, default: 0] += 1
        guard seen[finding.fingerprint, default: 0] > before[finding.fingerprint, default: 0]
        else { continue }
        found.append(
          placed(finding, at: index, fixed: end(of: finding, number: seen, states, after: index)))
      }
    }
    return found + (all ? preexisting(states) : [])
  }

  /// Marks an event of one revision.
  func placed(_ finding: Finding, at index: Int, fixed: Int? = nil) -> Finding {
    var finding = finding
    finding.commit = revisions[index].oid
    if revisions[index].commit != nil {
      finding.patch = index + 1
      finding.patches = revisions.count
    }
    finding.fixedIn = fixed.flatMap { revisions[$0].oid }
    return finding
  }

  /// The first later revision whose state lacks the finding.
  private func end(
    of finding: Finding, number: [String: Int], _ states: [[Finding]], after index: Int
  ) -> Int? {
    let occurrence = number[finding.fingerprint, default: 1]
    return (index + 1..<revisions.count).first { later in
      states[later + 1].count { $0.fingerprint == finding.fingerprint } < occurrence
    }
  }

  private func counts(_ state: [Finding]) -> [String: Int] {
    state.reduce(into: [:]) { $0[$1.fingerprint, default: 0] += 1 }
  }

  /// What is there at the end and was there at the base.
  private func preexisting(_ states: [[Finding]]) -> [Finding] {
    guard let first = states.first, let last = states.last else { return [] }
    var left = counts(first)
    return last.compactMap { finding in
      guard left[finding.fingerprint, default: 0] > 0 else { return nil }
      left[finding.fingerprint, default: 0] -= 1
      var finding = finding
      finding.preexisting = true
      finding.commit = revisions.last?.oid
      return finding
    }
  }
}
