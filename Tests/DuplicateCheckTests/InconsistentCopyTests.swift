import DuplicateCheck
import Findings
import Foundation
import Testing

/// Copies in which one name was forgotten.
@Suite struct InconsistentCopyTests {
  private func findings(_ body: String, before: String? = nil) -> [Finding] {
    func file(_ body: String) -> String {
      "void pond_swap_ends(struct pond *src, struct pond *dst)\n{\n\(body)}\n"
    }
    let old = SmallTree(["drivers/pond/swap.c": before.map(file) ?? ""])
    return old.findings(
      becoming: SmallTree(["drivers/pond/swap.c": file(body)]), by: InconsistentCopies())
  }

  private static let original = """
    \tsrc->head = first(src);
    \tsrc->tail = last(src);
    \tsrc->count = 0;

    """
  private static let forgotten = """
    \tdst->head = first(dst);
    \tdst->tail = last(src);
    \tdst->count = 0;

    """

  @Test func theForgottenNameIsTold() throws {
    let found = findings(Self.original + Self.forgotten)
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.type == .duplicateInconsistent)
    #expect(finding.severity == .warning)
    #expect(finding.line == 7)
    #expect(finding.data["name"] == .string("src"))
    #expect(finding.data["replacement"] == .string("dst"))
    #expect(finding.related.map(\.line) == [3])
  }

  @Test(arguments: [
    // Every name is replaced.
    "\tdst->head = first(dst);\n\tdst->tail = last(dst);\n\tdst->count = 0;\n",
    // Two places keep the name, so it is meant.
    "\tdst->head = first(src);\n\tdst->tail = last(src);\n\tdst->count = 0;\n",
    // Another shape is no copy.
    "\tdst->head = first(dst);\n\tdst->tail = src;\n\tdst->count = 0;\n",
    // Another name changes too without need: no plain copy.
    "\tdst->head = first(dst);\n\tdst->head = last(src);\n\tdst->head = 0;\n",
  ])
  func othersAreNot(copy: String) {
    #expect(findings(Self.original + copy).isEmpty)
  }

  @Test(arguments: [true, false])
  func inACopiedFunctionToo(forgets: Bool) throws {
    let from = try #require(BrookTree.direct.range(of: "static void brook_direct_enter"))
    let to = try #require(BrookTree.direct.range(of: "static void brook_direct_leave"))
    var copy = String(BrookTree.direct[from.lowerBound..<to.lowerBound])
      .replacing("brook_direct_enter(", with: "brook_relay_enter(struct brook_node *node, ")
      .replacing("*node = ", with: "*inner = ").replacing("&node->", with: "&inner->")
      .replacing("begin_raw(node", with: "begin_raw(inner")
    if forgets {
      copy = copy.replacing("unshare(&inner->write_gate", with: "unshare(&node->write_gate")
    }
    var after = BrookTree.tree
    after.files["fs/brook/relay.c"] = BrookTree.relay + copy
    let found = BrookTree.tree.findings(becoming: after)
    #expect(found.map(\.type) == [.duplicateFunction] + (forgets ? [.duplicateInconsistent] : []))
    #expect(found.last?.related.first?.function == "brook_direct_enter")
  }

  @Test func whatWasThereIsNotTold() {
    let body = Self.original + Self.forgotten
    #expect(findings(body + "\tdone(src);\n", before: body).isEmpty)
  }

  @Test func longFunctionsEnd() {
    let line = "\tsrc->head = first(src);\n"
    #expect(findings(String(repeating: line, count: 20_000)).isEmpty)
  }
}
