import Findings
import Foundation
import Testing

@Suite struct MoveTests {
  /// The text of function `name` in `direct`.
  private func body(_ name: String) -> String {
    let text = BrookTree.direct
    let start = text.range(of: "static bool \(name)") ?? text.range(of: "static void \(name)")!
    let end = text.range(of: "\n}\n", range: start.lowerBound..<text.endIndex)!
    return String(text[start.lowerBound..<end.upperBound])
  }

  @Test func aMovedFunctionIsNoDuplicate() {
    var after = BrookTree.tree
    let moved = body("brook_direct_wants_single")
    after.files["fs/brook/direct.c"] = BrookTree.direct.replacingOccurrences(of: moved, with: "")
    after.files["fs/brook/relay.c"] = BrookTree.relay + moved
    #expect(BrookTree.tree.findings(becoming: after).isEmpty)
  }

  @Test func aRenamedFunctionIsNoDuplicate() {
    var after = BrookTree.tree
    after.files["fs/brook/direct.c"] = BrookTree.direct
      .replacingOccurrences(of: "brook_direct_wants_single", with: "brook_needs_whole_gate")
    #expect(BrookTree.tree.findings(becoming: after).isEmpty)
  }

  @Test func aRenamedFileIsNoDuplicate() {
    var after = BrookTree.tree
    after.files["fs/brook/raw.c"] = after.files.removeValue(forKey: "fs/brook/direct.c")
    #expect(BrookTree.tree.findings(becoming: after).isEmpty)
  }

  @Test func aPartSplitOffIsNoDuplicate() {
    var before = BrookTree.tree
    let long = body("brook_direct_wants_single")
      .replacingOccurrences(of: "brook_direct_wants_single", with: "brook_direct_check")
      .replacingOccurrences(
        of: "\treturn false;",
        with: "\tbrook_trace_check(req, span);\n\treturn brook_quota_hit(node);")
    before.files["fs/brook/relay.c"] = BrookTree.relay + "\n" + long
    before.files["fs/brook/direct.c"] = "int brook_nothing;\n"
    var after = before
    after.files["fs/brook/relay.c"] =
      BrookTree.relay + "\n" + body("brook_direct_wants_single") + """

        static bool brook_direct_check(struct brook_req *req, struct brook_span *span)
        {
        \tstruct brook_node *node = brook_node_of(req->br_file);

        \tif (brook_direct_wants_single(req, span))
        \t\treturn true;
        \tbrook_trace_check(req, span);
        \treturn brook_quota_hit(node);
        }

        """
    #expect(before.findings(becoming: after).isEmpty)
  }

  @Test func aCopyBesideAnEditedOriginalIsADuplicate() {
    var after = BrookTree.tree
    after.files["fs/brook/direct.c"] = BrookTree.direct
      .replacingOccurrences(of: "BROOK_MODE_APPENDING", with: "BROOK_MODE_APPEND")
    after.files["fs/brook/relay.c"] = BrookTree.relay + BrookTree.copies
    #expect(BrookTree.tree.findings(becoming: after).count == 1)
  }

  @Test func anEditInsideATwinThatWasThereBeforeIsSilent() {
    var before = BrookTree.tree
    before.files["fs/brook/relay.c"] = BrookTree.relay + BrookTree.copies
    var after = before
    after.files["fs/brook/relay.c"]!
      .replace("\treturn false;", with: "\tbrook_note(handle);\n\treturn false;")
    #expect(before.findings(becoming: after).isEmpty)
  }
}
