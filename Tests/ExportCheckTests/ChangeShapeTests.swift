import BuiltinRules
import ExportCheck
import Findings
import Testing

/// Changes whose shape a fixture cannot show: renames, whole files, rules of the user.
@Suite struct ChangeShapeTests {
  private static let text = """
    int pump_start(void)
    {
    \treturn 0;
    }
    EXPORT_SYMBOL_GPL(pump_start);

    """

  private func file(_ path: String, _ text: String) -> FileVersion {
    FileVersion(path: path, text: text)
  }

  private func events(_ change: Change, _ rules: ExportRules = .builtin) -> [String] {
    let after = change.files.compactMap(\.after).map { ($0.path, $0.text) }
    return ExportEvents(rules: rules).findings(
      in: change, knowing: TextTree(Dictionary(after, uniquingKeysWith: { $1 }))
    ).map { "\($0.type.rawValue) \(FixtureReview.symbol($0)) \($0.side.rawValue)" }
  }

  @Test func aRenamedFileMovesNothing() {
    let change = Change(files: [
      FileChange(before: file("lib/pump.c", Self.text), after: file("lib/pumps.c", Self.text))
    ])
    #expect(events(change).isEmpty)
  }

  @Test func aNewFileAddsAndADeletedOneRemoves() {
    let new = Change(files: [FileChange(before: nil, after: file("lib/pump.c", Self.text))])
    #expect(events(new) == ["EXPORT_ADDED pump_start new"])
    let gone = Change(files: [FileChange(before: file("lib/pump.c", Self.text), after: nil)])
    #expect(events(gone) == ["EXPORT_REMOVED pump_start old"])
  }

  @Test func filesThatAreNoSourceAreNotRead() {
    let change = Change(files: [
      FileChange(before: nil, after: file("README", "EXPORT_SYMBOL(a);")),
      FileChange(before: nil, after: nil),
    ])
    #expect(events(change).isEmpty)
  }

  @Test func rulesOfTheUserNameFurtherMacros() throws {
    let rules = try ExportRules.builtin.adding(
      yaml: """
        families: []
        export-macros:
          WET_OFFER: {symbol: 1, gpl: true, namespace: 0}
        """, file: "mine.yaml")
    let change = Change(files: [
      FileChange(before: nil, after: file("lib/a.c", "WET_OFFER(WET, pump);\n"))
    ])
    #expect(events(change, rules) == ["EXPORT_ADDED pump new"])
    #expect(events(change).isEmpty)
  }

  @Test(arguments: [
    ("export-macros:\n  A: {symbl: 1}\n", 2), ("export-macros:\n  A: {symbols: [x y]}\n", 2),
    ("export-macros:\n  A: {gpl: maybe}\n", 2), ("- a list\n", 1),
    ("export-macros: {A: {symbols: [fixed]}}\n", 1),
  ])
  func aMistakeInTheRulesIsNamedWithItsLine(_ yaml: String, _ line: Int) {
    let error = #expect(throws: RulesError.self) { try ExportRules(yaml: yaml, file: "mine.yaml") }
    #expect(error?.line == line)
    #expect(error?.file == "mine.yaml")
  }

  @Test func theSameChangeGivesTheSameFindingsInTheSameOrder() {
    let names = (0..<200).map { "symbol_\($0)" }
    let text = names.shuffled().map { "EXPORT_SYMBOL(\($0));\n" }.joined()
    let change = Change(files: [FileChange(before: nil, after: file("lib/a.c", text))])
    let first = ExportEvents().findings(in: change, knowing: TextTree(["lib/a.c": text]))
    #expect(first.count == 200)
    #expect(first == ExportEvents().findings(in: change, knowing: TextTree(["lib/a.c": text])))
    #expect(first.map(\.line) == first.map(\.line).sorted())
  }
}
