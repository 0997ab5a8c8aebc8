import DuplicateCheck
import ExportFixtures
import Findings
import Testing

/// Findings about copies keep their names when the text around changes.
@Suite struct FingerprintTests {
  /// A tree before and after, and what looks at it.
  private struct Scene {
    var before: [String: String]
    var after: [String: String]
    var check: any Check
  }

  private static let scenes: [Scene] = {
    var family = BrookTree.tree.files
    family["fs/brook/relay.c"] = BrookTree.relay + BrookTree.copies
    let pool = BrookTree.direct.replacing("brook_", with: "pool_")
    let swap = """
      void pond_swap_ends(struct pond *src, struct pond *dst)
      {
      \tsrc->head = first(src);
      \tsrc->tail = last(src);
      \tsrc->count = 0;
      \tdst->head = first(dst);
      \tdst->tail = last(src);
      \tdst->count = 0;
      }
      int pond_other(struct pond *pond)
      {
      \treturn pond->count;
      }

      """
    let twin = """
      static int brook_level(struct brook *brook)
      {
      \treturn sluice_measure(brook->gate) - brook_bed_height(brook);
      }

      """
    let open = BlockTests.open
    let functions = DuplicateFunctions()
    return [
      Scene(before: BrookTree.tree.files, after: family, check: functions),
      Scene(
        before: ["fs/brook/direct.c": BrookTree.direct],
        after: ["fs/brook/direct.c": BrookTree.direct, "fs/pool/direct.c": pool],
        check: functions),
      Scene(
        before: ["drivers/pond/swap.c": ""], after: ["drivers/pond/swap.c": swap],
        check: InconsistentCopies()),
      Scene(
        before: ["drivers/brook/level.c": twin],
        after: [
          "drivers/brook/level.c": twin,
          "drivers/brook/flow.c": twin.replacing("brook_level", with: "level_of"),
        ], check: functions),
      Scene(
        before: ["drivers/pond/open.c": open, "drivers/pond/reopen.c": BlockTests.plain],
        after: ["drivers/pond/open.c": open, "drivers/pond/reopen.c": BlockTests.reopen],
        check: DuplicateBlocks()),
    ]
  }()

  @Test(arguments: Disturbance.allCases) func namesStay(disturbance: Disturbance) {
    var types: Set<FindingType> = []
    for scene in Self.scenes {
      let before = findings(scene.before, scene.after, scene.check)
      let names = Set(scene.after.keys)
      let after = findings(
        disturbed(scene.before, disturbance, names), disturbed(scene.after, disturbance, names),
        scene.check)
      #expect(!before.isEmpty)
      #expect(after.map(\.fingerprint).sorted() == before.map(\.fingerprint).sorted())
      types.formUnion(before.map(\.type))
    }
    #expect(types == [.duplicateFunction, .duplicateInconsistent, .duplicateBlock])
  }

  private func findings(
    _ before: [String: String], _ after: [String: String], _ check: any Check
  ) -> [Finding] {
    SmallTree(before).findings(becoming: SmallTree(after), by: check)
  }

  private func disturbed(
    _ files: [String: String], _ disturbance: Disturbance, _ names: Set<String>
  ) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: files.map { path, text in
        (
          disturbance.path(path, among: names),
          disturbance.text(text, of: path, among: names)
        )
      })
  }
}
