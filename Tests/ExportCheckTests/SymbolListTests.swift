import ExportCheck
import Testing

@Suite struct SymbolListTests {
  private static let ledger = Ledger(
    Surface(
      path: "lib/pump.c",
      text: """
        EXPORT_SYMBOL_GPL(pump_start);
        EXPORT_SYMBOL_NS(pump_stop, PUMP);
        EXPORT_TRACEPOINT_SYMBOL_GPL(pump_tick);
        """
    ).exports.map { LedgerEntry($0, file: "lib/pump.c") })

  @Test(arguments: [
    "0x12345678\tpump_start\tvmlinux\tEXPORT_SYMBOL_GPL\t\n"
      + "0x00000000\tpump_stop\tlib/pump\tEXPORT_SYMBOL\tPUMP\n"
      + "0x00000000\t__tracepoint_pump_tick\tlib/pump\tEXPORT_SYMBOL_GPL\t\n",
    "0x12345678\tpump_start\t\tvmlinux\tEXPORT_SYMBOL_GPL\n"
      + "0x00000000\tpump_stop\tPUMP\tlib/pump\tEXPORT_SYMBOL\n",
    "0x12345678\tpump_start\tvmlinux\tEXPORT_SYMBOL_GPL\n",
  ])
  func symversOfEveryAgeAgree(_ text: String) throws {
    let symvers = try ModuleSymvers(text, file: "Module.symvers")
    #expect(symvers.faults.isEmpty)
    let audit = LedgerAudit(Self.ledger, against: symvers)
    #expect(audit.differences.isEmpty)
    #expect(audit.agreeing == symvers.entries.count)
  }

  @Test func symversTellsWhatTheTreeLacksOrExportsOnOtherTerms() throws {
    let symvers = try ModuleSymvers(
      "0x1\tpump_start\tvmlinux\tEXPORT_SYMBOL\t\n0x1\tpump_lost\tvmlinux\tEXPORT_SYMBOL\t\n"
        + "0x1\tpump_stop\tvmlinux\tEXPORT_SYMBOL\tOTHER\n", file: "Module.symvers")
    let audit = LedgerAudit(Self.ledger, against: symvers)
    #expect(
      audit.differences.map { "\($0.kind) \($0.symbol)" } == [
        "missing pump_lost", "license pump_start", "namespace pump_stop",
      ])
    #expect(audit.agreeing == 0)
  }

  @Test func aLineOfAnotherFormatIsNamedAndTheOthersAreRead() throws {
    let symvers = try ModuleSymvers(
      "torn line\n0x1\tpump_start\tvmlinux\tEXPORT_SYMBOL_GPL\t\n", file: "S")
    #expect(symvers.entries.map(\.symbol) == ["pump_start"])
    #expect(
      symvers.faults.map(\.description) == [
        "S:1: expected ‘0xCRC<tab>symbol<tab>module<tab>EXPORT_SYMBOL…’, found ‘torn line’"
      ])
  }

  @Test(arguments: [
    ("<html>\n<body>not found</body>\n", 1), ("pump_start vmlinux\n", 1), ("", nil), (" \n\n", nil),
  ])
  func symversOfAnotherFormatIsAnError(_ text: String, _ line: Int?) {
    let error = #expect(throws: ListError.self) { try ModuleSymvers(text, file: "S") }
    #expect(error?.line == line)
    #expect(error?.file == "S")
  }

  @Test func listsOfEveryMakerAreRead() throws {
    let list = try SymbolList(
      "[abi_symbol_list]\n# commonly used\n  pump_start\n\tpump_stop # twice a day\n\npump_start\n"
        + "0x1\tpump_lost\tvmlinux\tEXPORT_SYMBOL\t\ntwo words\n", file: "L")
    #expect(list.lines == ["pump_start": 3, "pump_stop": 4, "pump_lost": 7])
    #expect(list.faults.map(\.line) == [8])
    let audit = LedgerAudit(Self.ledger, against: list)
    #expect(audit.differences.map(\.symbol) == ["pump_lost"])
    #expect(audit.differences.map(\.line) == [7])
  }

  @Test func aListWithoutASymbolIsAnError() {
    #expect(throws: ListError.self) { try SymbolList("# nothing\n[section]\n", file: "L") }
    #expect(throws: ListError.self) { try SymbolList("<html><body>\n", file: "L") }
  }

  @Test func fiftyThousandSymbolsAreReadAtOnce() throws {
    let text = (0..<50_000).map { "  symbol_\($0)\n" }.joined()
    let list = try SymbolList(text, file: "L")
    #expect(list.lines.count == 50_000)
    let audit = LedgerAudit(Self.ledger, against: list)
    #expect(audit.differences.count == 50_000)
    #expect(audit.differences.first?.symbol == "symbol_0")
  }
}
