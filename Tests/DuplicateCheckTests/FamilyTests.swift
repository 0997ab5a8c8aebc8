import Findings
import Testing

@Suite struct FamilyTests {
  private func copied() -> SmallTree {
    var after = BrookTree.tree
    after.files["fs/brook/relay.c"] = BrookTree.relay + BrookTree.copies
    return after
  }

  @Test func aFamilyCopiedTogetherIsOneFinding() throws {
    let findings = BrookTree.tree.findings(becoming: copied())
    #expect(findings.count == 1)
    let finding = try #require(findings.first)
    #expect(finding.type == .duplicateFunction)
    #expect(finding.severity == .warning)
    #expect(finding.file == "fs/brook/relay.c")
    guard case .array(let pairs) = finding.data["pairs"] else {
      Issue.record("no pairs")
      return
    }
    let names = Set(
      pairs.map { pair -> String in
        guard case .object(let object) = pair, case .string(let new)? = object["new"],
          case .string(let old)? = object["old"]
        else { return "" }
        return "\(new) \(old)"
      })
    #expect(
      names == [
        "brook_relay_grows brook_write_grows",
        "brook_relay_must_be_single brook_direct_wants_single",
        "brook_relay_enter brook_direct_enter", "brook_relay_leave brook_direct_leave",
      ])
    #expect(finding.related.count == 4)
    #expect(finding.related.allSatisfy { $0.file == "fs/brook/direct.c" })
  }

  /// As a reviewer would: not its helpers, and not the shortest.
  @Test func theFunctionThatTheOthersServeIsNamedFirst() throws {
    let finding = try #require(BrookTree.tree.findings(becoming: copied()).first)
    #expect(finding.function == "brook_relay_enter")
    #expect(
      finding.message.hasPrefix("`brook_relay_enter()` repeats `brook_direct_enter()`"),
      "\(finding.message)")
    #expect(finding.related.first?.function == "brook_direct_enter")
  }

  @Test func whatWasCopiedIsContainedWholly() throws {
    let finding = try #require(BrookTree.tree.findings(becoming: copied()).first)
    guard case .number(let containment)? = finding.data["containment"] else {
      Issue.record("no containment")
      return
    }
    #expect(containment >= 0.95)
    #expect(finding.message.contains("fs/brook/direct.c:"))
    #expect(finding.remedy.contains("fs/brook/brook.h"))
  }

  @Test func sharingTheHelpersSaysNothing() {
    var after = BrookTree.tree
    let helpers = BrookTree.direct.replacing("static void", with: "void")
    after.files["fs/brook/direct.c"] = helpers
    after.files["fs/brook/relay.c"] = BrookTree.relay
      .replacing(
        "\tbrook_gate_close(&handle->owner->write_gate);",
        with: "\tbrook_direct_enter(req, span, &single);")
    #expect(BrookTree.tree.findings(becoming: after).isEmpty)
  }

  @Test func copiesThatAreGoneAgainSayNothing() {
    #expect(copied().findings(becoming: BrookTree.tree).isEmpty)
  }

  @Test func theOrderOfFilesDoesNotMatter() {
    let change = BrookTree.tree.change(to: copied())
    let turned = Change(files: change.files.reversed())
    let check = DuplicateFunctionsUnderTest.check
    #expect(
      check.findings(in: change, knowing: copied()) == check.findings(in: turned, knowing: copied())
    )
  }
}
