import DuplicateCheck
import Findings
import Testing

/// Small functions that exist already.
@Suite struct SmallTwinTests {
  private static let old = """
    static int brook_level(struct brook *brook)
    {
    \treturn sluice_measure(brook->gate) - brook_bed_height(brook);
    }

    """
  private static let twin = """
    static int level_of(struct brook *b)
    {
    \treturn sluice_measure(b->gate) - brook_bed_height(b);
    }

    """

  private func findings(_ old: String, at path: String, _ new: String, at newPath: String)
    -> [Finding]
  {
    let before = SmallTree([path: old])
    var after = before
    after.files[newPath] = (before.files[newPath] ?? "") + new
    return before.findings(becoming: after)
  }

  @Test(arguments: [
    ("drivers/brook/level.c", "drivers/brook/flow.c"), ("drivers/brook/a.c", "drivers/brook/a.c"),
    ("include/linux/brook.h", "net/flow.c"),
  ])
  func aSmallTwinCloseByIsAnInfo(path: String, newPath: String) throws {
    let found = findings(Self.old, at: path, Self.twin, at: newPath)
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.type == .duplicateFunction)
    #expect(finding.severity == .info)
    #expect(finding.function == "level_of")
    #expect(finding.related.map(\.function) == ["brook_level"])
  }

  @Test func farAwayItIsNot() {
    #expect(
      findings(Self.old, at: "drivers/brook/level.c", Self.twin, at: "net/flow.c").isEmpty)
  }

  @Test(arguments: [
    ("brook->gate", "brook->lock"), ("sluice_measure", "sluice_count"), ("- brook", "+ brook"),
  ])
  func whatDiffersIsNoTwin(from: String, to: String) {
    #expect(
      findings(
        Self.old, at: "drivers/brook/level.c",
        Self.old.replacing("brook_level", with: "level_of").replacing(from, with: to),
        at: "drivers/brook/flow.c"
      ).isEmpty)
  }

  @Test func whatATableHoldsIsNotTold() {
    let table = "static const struct brook_ops ops = {\n\t.level = level_of,\n};\n"
    #expect(
      findings(
        Self.old, at: "drivers/brook/level.c", Self.twin + table, at: "drivers/brook/flow.c"
      ).isEmpty)
  }

  @Test func whatMovedIsNoTwin() {
    let before = SmallTree(["drivers/brook/level.c": Self.old])
    let after = SmallTree(["drivers/brook/flow.c": Self.twin])
    #expect(before.findings(becoming: after).isEmpty)
  }
}
