import ExportFixtures
import Findings

/// Walks the versions of a fixture as a review walks the commits of a series.
struct FixtureReview {
  /// What is new in each version, with the number of the version.
  private(set) var findings: [(version: Int, finding: Finding)] = []
  /// `N: TYPE 'symbol'` for what version N repairs.
  private(set) var fixes: Set<String> = []

  init(_ fixture: Fixture, _ checks: [any Check]) {
    let trees = (0...fixture.lastVersion).map { fixture.tree($0) }
    for check in checks {
      // What stands in the base is brought in by nobody, so it counts as version 0.
      var previous: [String: Finding] = [:]
      for version in trees.indices {
        if version == 0, check.frame != .version { continue }
        let base = check.frame == .commit ? version - 1 : 0
        let change = Self.change(
          from: trees[base], to: trees[version], paths: fixture.touched, check.frame)
        let knowledge = TextTree(trees[version], isWholeTree: fixture.isWholeTree)
        let found = check.findings(in: change, knowing: knowledge)
        if check.frame == .commit {
          findings += found.map { (version, $0) }
          continue
        }
        let current = Dictionary(found.map { ($0.fingerprint, $0) }, uniquingKeysWith: { $1 })
        for finding in found where previous[finding.fingerprint] == nil {
          findings.append((version, finding))
        }
        for (fingerprint, finding) in previous where current[fingerprint] == nil {
          fixes.insert("\(version): \(finding.type.rawValue) '\(Self.symbol(finding))'")
        }
        previous = current
      }
    }
  }

  private static func change(
    from old: [String: String], to new: [String: String], paths: Set<String>, _ frame: Frame
  ) -> Change {
    Change(
      files: paths.sorted().compactMap { path in
        if frame != .version, old[path] == new[path] { return nil }
        let before = frame == .version ? nil : old[path]
        return FileChange(
          before: before.map { FileVersion(path: path, text: $0) },
          after: new[path].map { FileVersion(path: path, text: $0) })
      })
  }

  static func symbol(_ finding: Finding) -> String {
    if case .string(let name)? = finding.data["symbol"] ?? finding.data["path"] { name } else { "" }
  }

  /// Findings as expectations, with a severity where `expected` states one.
  func asExpectations(like expected: Set<Fixture.Expectation>) -> Set<Fixture.Expectation> {
    Set(
      findings.map { version, finding in
        var result = Fixture.Expectation(
          version: version, type: finding.type.rawValue, symbol: Self.symbol(finding),
          severity: finding.severity.rawValue, file: finding.file, line: finding.line,
          side: finding.side.rawValue)
        if !expected.contains(result) { result.severity = nil }
        return result
      })
  }
}
