import ExportCheck
import Foundation
import Testing

@Suite struct LedgerTests {
  private static let tree = [
    "lib/Makefile": "obj-y += pump.o\n",
    "lib/pump.c": """
    int pump_start(void) { return 0; }
    EXPORT_SYMBOL_GPL(pump_start);
    int pump_stop(void) { return 0; }
    EXPORT_SYMBOL_NS(pump_stop, "PUMP");
    EXPORT_TRACEPOINT_SYMBOL(pump_tick);
    EXPORT_SYMBOL();
    """,
    "include/linux/pump.h": "int pump_start(void);\nint pump_stop(void);\n",
    "drivers/wet/Makefile": "obj-m += boiler.o\n",
    "drivers/wet/boiler.c": "static int boiler(void)\n{\n\treturn pump_start();\n}\n",
    "tools/pump.c": "EXPORT_SYMBOL(tools_only);\n",
  ]

  private static func ledger(jobs: Int = 1) async -> Ledger {
    let tree = Self.tree
    return await Ledger.read(
      tree.keys.sorted(), knowing: TextTree(tree), jobs: jobs,
      bytes: { tree[$0].map { Array($0.utf8) } })
  }

  @Test func ledgerNamesTermsDeclarationsAndUsers() async throws {
    let ledger = await Self.ledger()
    #expect(ledger.entries.map(\.symbol) == ["pump_start", "pump_stop", "pump_tick"])
    let start = try #require(ledger.entries.first)
    #expect(start.gpl)
    #expect(start.users?.modules == ["boiler"])
    #expect(start.declarations?.map(\.file) == ["include/linux/pump.h"])
    #expect(ledger.entries[1].namespace == "PUMP")
    #expect(ledger.entries[1].users?.isEmpty == true)
    #expect(ledger.entries[2].linkNames.contains("__tracepoint_pump_tick"))
    #expect(ledger.notes.map(\.line) == [6])
  }

  @Test(arguments: [1, 2, 7]) func ledgerIsTheSameWhateverTheJobs(_ jobs: Int) async {
    #expect(await Self.ledger(jobs: jobs) == Self.ledger())
  }

  @Test func ledgerComesBackFromJSON() async throws {
    let ledger = await Self.ledger()
    let data = try JSONEncoder().encode(ledger)
    #expect(try JSONDecoder().decode(Ledger.self, from: data) == ledger)
  }

  @Test func tableAlignsItsColumns() async {
    let text = LedgerTable(await Self.ledger()).text
    #expect(
      text == """
        SYMBOL      LICENCE  NAMESPACE  PLACE         USERS
        pump_start  GPL                 lib/pump.c:2  1 module
        pump_stop   any      PUMP       lib/pump.c:4  none
        pump_tick   any                 lib/pump.c:5  not known

        """)
  }

  @Test func differenceTellsAdditionRemovalMoveAndTerms() {
    func entries(_ path: String, _ text: String) -> [LedgerEntry] {
      Surface(path: path, text: text).exports.map { LedgerEntry($0, file: path) }
    }
    let old = Ledger(
      entries("a.c", "EXPORT_SYMBOL(gone);\nEXPORT_SYMBOL(terms);\nEXPORT_SYMBOL(moves);\n")
        + entries("b.c", "EXPORT_SYMBOL(stays);\n"))
    let new = Ledger(
      entries("a.c", "EXPORT_SYMBOL_GPL(terms);\n")
        + entries(
          "b.c", "\n\nEXPORT_SYMBOL(stays);\nEXPORT_SYMBOL(moves);\nEXPORT_SYMBOL(comes);\n"))
    let changes = LedgerDifference(from: old, to: new).changes
    #expect(
      changes.map { "\($0.kind) \($0.symbol)" } == [
        "added comes", "removed gone", "moved moves", "changed terms",
      ])
  }
}
