import ExportCheck
import Findings
import Testing

@Suite struct SeriesEndTests {
  private func finding(
    _ type: FindingType, _ symbol: String, in commit: String, fixedIn: String? = nil
  ) -> Finding {
    var result = Finding(
      type: type, file: "lib/a.c", line: 3, message: "…",
      fingerprint: Fingerprint(type, [symbol]), data: ["symbol": .string(symbol)])
    result.commit = commit
    result.patch = 1
    result.patches = 3
    result.fixedIn = fixedIn
    return result
  }

  @Test func anExportThatALaterPatchUsesIsANote() throws {
    let found = SeriesEnd.settle(
      [finding(.exportNoUser, "a", in: "one", fixedIn: "three")], patch: { $0 == "three" ? 3 : nil }
    )
    let settled = try #require(found.first)
    #expect(settled.type == .exportBeforeUser)
    #expect(settled.severity == .info)
    #expect(settled.message.contains("patch 3"))
    #expect(settled.commit == "one")
    #expect(settled.fixedIn == "three")
    #expect(settled.patches == 3)
  }

  @Test func anExportThatNobodyUsesStaysAWarning() {
    let found = SeriesEnd.settle([finding(.exportNoUser, "a", in: "one")])
    #expect(found.map(\.type) == [.exportNoUser])
    #expect(found.map(\.severity) == [.warning])
  }

  @Test func anExportThatIsTakenBackStaysAWarning() {
    let found = SeriesEnd.settle([
      finding(.exportNoUser, "a", in: "one", fixedIn: "two"),
      finding(.exportRemoved, "a", in: "two"),
      finding(.exportNoUser, "b", in: "one", fixedIn: "two"),
    ])
    #expect(found.map(\.type) == [.exportNoUser, .exportRemoved, .exportBeforeUser])
  }

  @Test func aSymbolThatMustStayMakesItsRemovalAnError() throws {
    let list = try SymbolList("a\n", file: "L")
    let found = list.raising([
      finding(.exportNoUser, "a", in: "one"), finding(.exportNamespace, "a", in: "one"),
      finding(.exportNamespace, "b", in: "one"),
    ])
    #expect(found.map(\.severity) == [.warning, .error, .warning])
    #expect(found[1].data["kmi"] == .bool(true))
  }
}
