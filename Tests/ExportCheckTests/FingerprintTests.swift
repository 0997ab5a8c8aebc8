import ExportCheck
import ExportFixtures
import Findings
import SeriesCheck
import Testing

/// Findings about exports and the order of a series keep their names when the text around changes.
@Suite struct FingerprintTests {
  private static let groups: [(folder: String, checks: [any Check])] = [
    ("exports", FixtureTests.exportChecks), ("order", FixtureTests.seriesChecks),
  ]

  @Test(arguments: Disturbance.allCases) func namesStay(disturbance: Disturbance) {
    var (kept, total) = (0, 0)
    for group in Self.groups {
      for fixture in Fixture.all(in: group.folder) {
        // What comes later may be what is missing, and so a part of what is said.
        let there = Set(fixture.tree(0).keys)
        let other = fixture.rewritten(
          path: { disturbance.path($0, among: there) },
          text: { disturbance.text($1, of: $0, among: there) })
        let before = names(fixture, group.checks)
        var left = names(other, group.checks)
        total += before.count
        for name in before {
          guard let index = left.firstIndex(of: name) else {
            if disturbance.isAbove { Issue.record("\(fixture.name): \(name)") }
            continue
          }
          left.remove(at: index)
          kept += 1
        }
        if disturbance.isAbove { #expect(left.isEmpty, "\(fixture.name)") }
      }
    }
    print("fingerprints of exports and order, \(disturbance): \(kept) of \(total) stay")
    #expect(total > 60)
    #expect(Double(kept) >= 0.95 * Double(total))
  }

  private func names(_ fixture: Fixture, _ checks: [any Check]) -> [String] {
    FixtureReview(fixture, checks).findings.map {
      "\($0.version) \($0.finding.type.rawValue) \($0.finding.fingerprint)"
    }
  }
}
