import ExportFixtures
import Findings
import Foundation
import GitKit
import ProgramUnderTest
import Testing

/// The fixtures of the export and series checks as commits, reviewed as a user would.
@Suite struct FixtureSeriesTests {
  /// Whether an index was built before; small trees are known whole without one.
  static let indexes = [true, false]

  private static func whole(_ folder: String) -> [Fixture] {
    Fixture.all(in: folder).filter(\.isWholeTree)
  }

  @Test(arguments: Self.whole("exports"), Self.indexes)
  func checkFindsInCommitsWhatAnExportFixtureSays(_ fixture: Fixture, hasIndex: Bool) async throws {
    try await compare(fixture, area: "exports", hasIndex)
  }

  @Test(arguments: Self.whole("order"), Self.indexes)
  func checkFindsInCommitsWhatAnOrderFixtureSays(_ fixture: Fixture, hasIndex: Bool) async throws {
    try await compare(fixture, area: "series", hasIndex)
  }

  private func compare(_ fixture: Fixture, area: String, _ hasIndex: Bool) async throws {
    let folder = try TemporaryFolder()
    let place = folder.path + "/linux"
    let repository = try ScratchRepository(creatingIn: place)
    var commits: [String] = []
    var old: [String: String] = [:]
    for version in 0...fixture.lastVersion {
      let tree = fixture.tree(version)
      var files: [String: [UInt8]?] = tree.mapValues { Array($0.utf8) }
      for path in old.keys where tree[path] == nil { files[path] = .some(nil) }
      commits.append(
        try repository.commit(files, message: "pump: version \(version)").description)
      old = tree
    }
    guard commits.count > 1 else { return }
    let environment = ["XDG_CACHE_HOME": folder.path + "/cache"]
    if hasIndex {
      let built = try await ProgramUnderTest.run(
        ["index", "build", "--rev", commits[0]], in: place, environment: environment)
      #expect(built.status == 0, "\(built.error)")
    }
    let outcome = try await ProgramUnderTest.run(
      [
        "check", "\(commits[0])..\(commits[commits.count - 1])", "--only", area, "--all",
        "--format", "json",
      ], in: place, environment: environment)
    #expect(outcome.status < 2, "\(outcome.error)")
    let found = try outcome.result().findings.filter { $0.type != .bisectBreak }
    let expected = Set(fixture.expectations.map { Self.atTheEndOfTheSeries($0, fixture) })
    let seen = Set(found.map { Self.expectation($0, commits, like: expected) })
    // What was there before is shown on its line at the end, if it is still there.
    for missing in expected.subtracting(seen).sorted() where missing.version > 0 {
      Issue.record("missing: \(missing)")
    }
    let earlier = expected.filter { $0.version == 0 }.map { "\($0.type) \($0.symbol) \($0.file)" }
    for extra in seen.subtracting(expected).sorted() {
      if extra.version == 0, earlier.contains("\(extra.type) \(extra.symbol) \(extra.file)") {
        continue
      }
      Issue.record("unexpected: \(extra)")
    }
  }

  /// An export that a later commit of the series gives a user is only early.
  private static func atTheEndOfTheSeries(_ expectation: Fixture.Expectation, _ fixture: Fixture)
    -> Fixture.Expectation
  {
    let ending = ": EXPORT_NO_USER '\(expectation.symbol)'"
    guard expectation.type == "EXPORT_NO_USER",
      let fix = fixture.fixes.first(where: { $0.hasSuffix(ending) }),
      !fixture.expectations.contains(where: {
        $0.type == "EXPORT_REMOVED" && $0.symbol == expectation.symbol
          && "\($0.version)" + ending == fix
      })
    else { return expectation }
    var result = expectation
    result.type = "EXPORT_BEFORE_USER"
    result.severity = result.severity.map { _ in "info" }
    return result
  }

  /// The finding as an expectation, with a severity where `expected` states one.
  private static func expectation(
    _ finding: Finding, _ commits: [String], like expected: Set<Fixture.Expectation>
  ) -> Fixture.Expectation {
    var symbol = ""
    if case .string(let name)? = finding.data["symbol"] ?? finding.data["path"] { symbol = name }
    var result = Fixture.Expectation(
      version: finding.preexisting
        ? 0 : finding.commit.flatMap { commits.firstIndex(of: $0) } ?? -1,
      type: finding.type.rawValue, symbol: symbol, severity: finding.severity.rawValue,
      file: finding.file, line: finding.line, side: finding.side.rawValue)
    if !expected.contains(result) { result.severity = nil }
    return result
  }
}
