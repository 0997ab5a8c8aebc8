import ExportCheck
import ExportFixtures
import Findings
import SeriesCheck
import Testing

@Suite struct FixtureTests {
  static let exportChecks: [any Check] = [ExportEvents(), ExportEffects(), ExportState()]

  static let seriesChecks: [any Check] = [UnusedInSeries(), MissingFiles()]

  @Test(arguments: Fixture.all(in: "exports"))
  func exportChecksFindWhatIsMarkedAndNothingElse(_ fixture: Fixture) {
    compare(fixture, with: Self.exportChecks)
  }

  @Test(arguments: Fixture.all(in: "order"))
  func seriesChecksFindWhatIsMarkedAndNothingElse(_ fixture: Fixture) {
    compare(fixture, with: Self.seriesChecks)
  }

  private func compare(_ fixture: Fixture, with checks: [any Check]) {
    let expected = fixture.expectations
    let review = FixtureReview(fixture, checks)
    let found = review.asExpectations(like: expected)
    for missing in expected.subtracting(found).sorted() {
      Issue.record("missing: \(missing)")
    }
    for extra in found.subtracting(expected).sorted() {
      let finding = review.findings.first {
        $0.finding.file == extra.file && $0.finding.line == extra.line
          && $0.finding.type.rawValue == extra.type
      }
      Issue.record("unexpected: \(extra): \(finding?.finding.message ?? "")")
    }
    #expect(review.fixes.isSuperset(of: fixture.fixes))
  }

  @Test func everyExportTypeHasAFixtureThatShowsItAndOneThatDoesNot() {
    let fixtures = Fixture.all(in: "exports")
    let types = FindingType.allCases.filter { $0.area == .exports }
    for type in types {
      let showing = fixtures.filter { $0.expectations.contains { $0.type == type.rawValue } }
      // EXPORT_BEFORE_USER is made of EXPORT_NO_USER when the end of the series is known.
      if type != .exportBeforeUser { #expect(!showing.isEmpty, "\(type.rawValue)") }
      #expect(showing.count < fixtures.count)
    }
  }
}
