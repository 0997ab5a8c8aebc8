import Foundation
import ProgramUnderTest
import Testing

/// `lockstep exports` on a repository of our own.
@Suite struct ExportsCommandTests {
  private static let pump = """
    #include <linux/pump.h>
    int pump_start(void)
    {
    \treturn 0;
    }
    EXPORT_SYMBOL_GPL(pump_start);
    int pump_stop(void)
    {
    \treturn 0;
    }
    EXPORT_SYMBOL(pump_stop);

    """

  private static let files = [
    "lib/Makefile": "obj-y += pump.o\n",
    "lib/pump.c": pump,
    "include/linux/pump.h": "int pump_start(void);\nint pump_stop(void);\n",
    "drivers/wet/Makefile": "obj-m += boiler.o\n",
    "drivers/wet/boiler.c": """
    #include <linux/pump.h>
    static int boiler_probe(void)
    {
    \treturn pump_start();
    }

    """,
  ]

  private func kernel() throws -> MiniatureKernel {
    let kernel = try MiniatureKernel()
    try kernel.commit(Self.files)
    return kernel
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// `TYPE symbol severity` of the findings of a JSON document.
  private func findings(_ document: [String: Any]) -> [String] {
    ((document["findings"] as? [[String: Any]]) ?? []).map { finding in
      let symbol = (finding["data"] as? [String: Any])?["symbol"] as? String ?? ""
      return "\(finding["type"] ?? "") \(symbol) \(finding["severity"] ?? "")"
    }
  }

  @Test func aCommitsLedgerNamesTermsPlacesAndUsers() async throws {
    let kernel = try kernel()
    let table = try await kernel.run("exports")
    #expect(table.status == 0, "\(table.error)")
    #expect(
      table.output == """
        SYMBOL      LICENCE  NAMESPACE  PLACE          USERS
        pump_start  GPL                 lib/pump.c:6   1 module
        pump_stop   any                 lib/pump.c:11  none

        """)
    let json = try object(await kernel.run("exports", "--format", "json").output)
    #expect((json["commit"] as? String)?.count == 40)
    let entries = try #require(json["entries"] as? [[String: Any]])
    #expect(entries.map { $0["symbol"] as? String } == ["pump_start", "pump_stop"])
    #expect(entries[0]["macro"] as? String == "EXPORT_SYMBOL_GPL")
    let declarations = try #require(entries[0]["declarations"] as? [[String: Any]])
    #expect(declarations.first?["file"] as? String == "include/linux/pump.h")
  }

  @Test func anotherCommitsLedgerIsItsOwn() async throws {
    let kernel = try kernel()
    try kernel.commit([
      "lib/pump.c": Self.pump.replacing("EXPORT_SYMBOL(pump_stop);\n", with: "")
    ])
    #expect(try await !kernel.run("exports").output.contains("pump_stop"))
    let old = try await kernel.run("exports", "--rev", "HEAD^", "--no-users")
    #expect(old.output.contains("pump_stop"))
    #expect(!old.output.contains("USERS"))
  }

  @Test func aRangeShowsWhatItDoesAndWhatThereIsToSay() async throws {
    let kernel = try kernel()
    let new = Self.pump.replacing("EXPORT_SYMBOL(pump_stop)", with: "EXPORT_SYMBOL_GPL(pump_stop)")
      .replacing("EXPORT_SYMBOL_GPL(pump_start);\n", with: "")
    try kernel.commit(["lib/pump.c": new])
    let table = try await kernel.run("exports", "HEAD")
    #expect(table.status == 1, "\(table.error)")
    #expect(
      table.output.hasPrefix(
        """
        CHANGE   SYMBOL      LICENCE    NAMESPACE  PLACE          USERS
        removed  pump_start  GPL                   lib/pump.c:6
        changed  pump_stop   any → GPL             lib/pump.c:10  none

        lib/pump.c:6: error: EXPORT_REMOVED: pump_start() is no longer exported
        """))
    let json = try object(await kernel.run("exports", "-1", "--format", "json").output)
    #expect(
      findings(json) == ["EXPORT_REMOVED pump_start error", "EXPORT_LICENSE pump_stop warning"])
    let changes = try #require(json["changes"] as? [[String: Any]])
    #expect(changes.map { $0["kind"] as? String } == ["removed", "changed"])
    let range = try #require(json["range"] as? [String: Any])
    #expect((range["commits"] as? [Any])?.count == 1)
  }

  @Test func aMakefileMayMoveAllExportsOfItsFolder() async throws {
    let kernel = try kernel()
    try kernel.commit([
      "lib/Makefile": "ccflags-y += -DDEFAULT_SYMBOL_NAMESPACE='\"PUMP\"'\nobj-y += pump.o\n"
    ])
    let table = try await kernel.run("exports", "HEAD")
    #expect(table.output.contains("changed  pump_start  GPL      none → PUMP  lib/pump.c:6"))
    #expect(table.output.contains("changed  pump_stop"))
  }

  @Test func aBuildsListIsCompared() async throws {
    let kernel = try kernel()
    let list = kernel.folder.path + "/Module.symvers"
    try """
    0x00000001\tpump_start\tvmlinux\tEXPORT_SYMBOL_GPL\t
    0x00000002\tpump_stop\tvmlinux\tEXPORT_SYMBOL_GPL\t
    0x00000003\tpump_table\tvmlinux\tEXPORT_SYMBOL\t

    """.write(toFile: list, atomically: true, encoding: .utf8)
    let outcome = try await kernel.run("exports", "--symvers", list, "--format", "json")
    #expect(outcome.status == 1)
    #expect(
      findings(try object(outcome.output)) == [
        "EXPORT_LICENSE pump_stop warning", "EXPORT_REMOVED pump_table info",
      ])
  }

  @Test func whatMustStayIsAnErrorWhenItGoes() async throws {
    let kernel = try kernel()
    let list = kernel.folder.path + "/abi_symbols"
    try "[abi_symbol_list]\n  pump_start\n  pump_stop # ours\n".write(
      toFile: list, atomically: true, encoding: .utf8)
    #expect(try await kernel.run("exports", "--kmi-list", list).status == 0)
    try kernel.commit([
      "lib/pump.c": Self.pump.replacing("EXPORT_SYMBOL(pump_stop);\n", with: "")
    ])
    let whole = try await kernel.run("exports", "--kmi-list", list, "--format", "json")
    #expect(whole.status == 1)
    #expect(findings(try object(whole.output)) == ["EXPORT_REMOVED pump_stop error"])
    let range = try await kernel.run("exports", "HEAD", "--kmi-list", list, "--format", "json")
    #expect(range.status == 1)
    #expect(findings(try object(range.output)) == ["EXPORT_REMOVED pump_stop error"])
    // Nobody uses it, so without the list that is a remark.
    let plain = try await kernel.run("exports", "HEAD", "--format", "json")
    #expect(plain.status == 0)
    #expect(findings(try object(plain.output)) == ["EXPORT_REMOVED pump_stop info"])
  }

  @Test func listsThatCannotBeReadAreNamedAndTornLinesPassedOver() async throws {
    let kernel = try kernel()
    let list = kernel.folder.path + "/list"
    for (text, option) in [("<html>not found</html>\n", "--symvers"), ("", "--kmi-list")] {
      try text.write(toFile: list, atomically: true, encoding: .utf8)
      let outcome = try await kernel.run("exports", option, list)
      #expect(outcome.status == 2)
      #expect(outcome.error.contains(list), "\(outcome.error)")
    }
    try "pump_start\nno symbol here\n".write(toFile: list, atomically: true, encoding: .utf8)
    let torn = try await kernel.run("exports", "--kmi-list", list)
    #expect(torn.status == 0)
    #expect(torn.error.contains("\(list):2: expected one symbol"))
    let missing = try await kernel.run("exports", "--symvers", "/nowhere/Module.symvers")
    #expect(missing.status == 2)
    #expect(missing.error.contains("/nowhere/Module.symvers"))
  }

  @Test(arguments: [
    (["exports", "HEAD", "--rev", "HEAD"], "exclude each other"),
    (["exports", "--rev", "nosuch"], "nosuch"), (["exports", "nosuch..HEAD"], "nosuch"),
  ])
  func whatIsNotThereIsSaid(arguments: [String], sentence: String) async throws {
    let kernel = try kernel()
    let outcome = try await ProgramUnderTest.run(
      arguments, in: kernel.path, environment: ["XDG_CACHE_HOME": kernel.folder.path + "/cache"])
    #expect(outcome.status == 2)
    #expect(outcome.error.contains(sentence), "\(outcome.error)")
  }
}
