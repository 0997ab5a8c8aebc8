import DuplicateCheck
import Findings
import Testing

/// Added statements that stand inside another function already.
@Suite struct BlockTests {
  private static let block = """
    \tpond->level = sluice_measure(pond->gate);
    \tpond->limit = pond_default_limit(pond->kind);
    \tif (pond->limit < pond->level)
    \t\tsluice_overflow(pond->gate, pond->level - pond->limit);
    \tINIT_LIST_HEAD(&pond->drops);
    \tspin_lock_init(&pond->drop_lock);
    \tpond->ripples = ripple_table_of(pond->basin, POND_RIPPLES);
    \tpond_reset_clock(&pond->clock, basin_hours(pond->basin));
    \tbasin_attach(pond->basin, &pond->anchor);

    """

  private static func file(_ name: String, _ block: String, before: String, after: String)
    -> String
  {
    "int \(name)(struct pond *pond, int wanted)\n{\n\(before)\(block)\(after)\treturn 0;\n}\n"
  }

  static let open = file(
    "pond_open", block, before: "\tif (!wanted)\n\t\treturn -EINVAL;\n\n",
    after: "\tpond_announce(pond, POND_OPENED);\n")
  static let plain = file(
    "pond_reopen", "",
    before: "\tpond_stop_fish(pond);\n\twhile (pond_is_busy(pond, wanted))\n\t\tschedule();\n",
    after: "\tif (pond_wake_fish(pond))\n\t\tfish_feed(pond->fish, wanted);\n")
  static let reopen = file(
    "pond_reopen", block.replacing("pond->", with: "p->"),
    before: "\tpond_stop_fish(pond);\n\twhile (pond_is_busy(pond, wanted))\n\t\tschedule();\n",
    after: "\tif (pond_wake_fish(pond))\n\t\tfish_feed(pond->fish, wanted);\n")

  private func findings(_ before: [String: String], _ after: [String: String]) -> [Finding] {
    SmallTree(before).findings(becoming: SmallTree(after), by: DuplicateBlocks())
  }

  @Test func aRunOfAnotherFunctionIsTold() throws {
    let found = findings(
      ["drivers/pond/open.c": Self.open, "drivers/pond/reopen.c": Self.plain],
      ["drivers/pond/open.c": Self.open, "drivers/pond/reopen.c": Self.reopen])
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.type == .duplicateBlock)
    #expect(finding.severity == .info)
    #expect(finding.function == "pond_reopen")
    #expect(finding.related.map(\.function) == ["pond_open"])
    #expect(finding.related.first?.file == "drivers/pond/open.c")
    // The first added statement, and where it stands in the other.
    #expect((5...7).contains(finding.line))
    #expect((6...7).contains(finding.related[0].line))
  }

  @Test func partOfANewFunctionIsTold() {
    let found = findings(
      ["drivers/pond/open.c": Self.open],
      ["drivers/pond/open.c": Self.open, "drivers/pond/reopen.c": Self.reopen])
    #expect(found.map(\.function) == ["pond_reopen"])
  }

  @Test func whatMovedIsNoCopy() {
    let without = Self.open.replacing(Self.block, with: "")
    #expect(
      findings(
        ["drivers/pond/open.c": Self.open, "drivers/pond/reopen.c": Self.plain],
        ["drivers/pond/open.c": without, "drivers/pond/reopen.c": Self.reopen]
      ).isEmpty)
  }

  @Test func whatWasThereBeforeIsNotTold() {
    #expect(
      findings(
        ["drivers/pond/open.c": Self.open, "drivers/pond/reopen.c": Self.reopen],
        [
          "drivers/pond/open.c": Self.open,
          "drivers/pond/reopen.c": Self.reopen.replacing("schedule();", with: "cond_resched();"),
        ]
      ).isEmpty)
  }

  @Test func everydayStatementsAreNoEvidence() {
    let everyday = """
      \tdev = &pdev->dev;
      \tpriv = devm_kzalloc(dev, sizeof(*priv), GFP_KERNEL);
      \tif (!priv)
      \t\treturn -ENOMEM;
      \tpriv->dev = dev;
      \tpriv->base = devm_platform_ioremap_resource(pdev, 0);
      \tif (IS_ERR(priv->base))
      \t\treturn PTR_ERR(priv->base);
      \tplatform_set_drvdata(pdev, priv);
      \tmutex_init(&priv->lock);
      \tINIT_LIST_HEAD(&priv->list);

      """
    let one = "int a_probe(struct platform_device *pdev)\n{\n\(everyday)\treturn a_go(priv);\n}\n"
    let two =
      "int b_probe(struct platform_device *pdev)\n{\n\tb_first();\n\(everyday)\treturn b_go(1, 2);\n}\n"
    var tree = SmallTree(["drivers/a/a.c": one])
    tree.isWhole = false
    var after = SmallTree(["drivers/a/a.c": one, "drivers/b/b.c": two])
    after.isWhole = false
    #expect(tree.findings(becoming: after, by: DuplicateBlocks()).isEmpty)
  }
}
