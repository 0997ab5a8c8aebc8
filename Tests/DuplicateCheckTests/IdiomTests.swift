import DuplicateCheck
import Findings
import Testing

/// What looks alike everywhere because it has to.
@Suite struct IdiomTests {
  private func findings(_ old: String, _ new: String, folder: String = "drivers/b") -> [Finding] {
    let before = SmallTree(["drivers/a/old.c": old])
    var after = before
    after.files["\(folder)/new.c"] = new
    return before.findings(becoming: after)
  }

  @Test(arguments: [
    // Values to values.
    (
      """
      static int ash_code_to_errno(int code)
      {
      \tswitch (code) {
      \tcase ASH_OK:
      \t\treturn 0;
      \tcase ASH_NOMEM:
      \t\treturn -ENOMEM;
      \tcase ASH_BUSY:
      \t\treturn -EBUSY;
      \tcase ASH_RANGE:
      \t\treturn -ERANGE;
      \tdefault:
      \t\treturn -EINVAL;
      \t}
      }
      """,
      """
      static int elm_status_to_errno(int status)
      {
      \tswitch (status) {
      \tcase ELM_FINE:
      \t\treturn 0;
      \tcase ELM_MEMORY:
      \t\treturn -ENOMEM;
      \tcase ELM_LOCKED:
      \t\treturn -EBUSY;
      \tcase ELM_FAR:
      \t\treturn -ERANGE;
      \tdefault:
      \t\treturn -EINVAL;
      \t}
      }
      """
    ),
    // Power management.
    (
      """
      static int ash_suspend(struct device *dev)
      {
      \tstruct ash_data *data = dev_get_drvdata(dev);
      \tint ret;

      \tmutex_lock(&data->lock);
      \tret = regmap_write(data->regmap, ASH_REG_POWER, ASH_POWER_OFF);
      \tif (ret)
      \t\tdev_err(dev, "cannot power off\\n");
      \tmutex_unlock(&data->lock);
      \treturn ret;
      }
      """,
      """
      static int elm_suspend(struct device *dev)
      {
      \tstruct elm_chip *chip = dev_get_drvdata(dev);
      \tint ret;

      \tmutex_lock(&chip->lock);
      \tret = regmap_write(chip->regmap, ELM_CTRL, ELM_CTRL_SLEEP);
      \tif (ret)
      \t\tdev_err(dev, "failed to sleep\\n");
      \tmutex_unlock(&chip->lock);
      \treturn ret;
      }
      """
    ),
    // A search in a tree.
    (
      """
      static struct ash_item *ash_find(struct ash_root *root, u64 key)
      {
      \tstruct rb_node *node = root->tree.rb_node;

      \twhile (node) {
      \t\tstruct ash_item *item = rb_entry(node, struct ash_item, link);

      \t\tif (key < item->key)
      \t\t\tnode = node->rb_left;
      \t\telse if (key > item->key)
      \t\t\tnode = node->rb_right;
      \t\telse
      \t\t\treturn item;
      \t}
      \treturn NULL;
      }
      """,
      """
      static struct elm_entry *elm_search(struct elm_set *set, u32 id)
      {
      \tstruct rb_node *n = set->entries.rb_node;

      \twhile (n) {
      \t\tstruct elm_entry *e = rb_entry(n, struct elm_entry, node);

      \t\tif (id < e->id)
      \t\t\tn = n->rb_left;
      \t\telse if (id > e->id)
      \t\t\tn = n->rb_right;
      \t\telse
      \t\t\treturn e;
      \t}
      \treturn NULL;
      }
      """
    ),
    // Module init with unwinding.
    (
      """
      static int __init ash_init(void)
      {
      \tint err;

      \terr = ash_cache_create();
      \tif (err)
      \t\tgoto out;
      \terr = register_filesystem(&ash_type);
      \tif (err)
      \t\tgoto out_cache;
      \treturn 0;
      out_cache:
      \tash_cache_destroy();
      out:
      \treturn err;
      }
      """,
      """
      static int __init elm_init(void)
      {
      \tint ret;

      \tret = elm_pool_create();
      \tif (ret)
      \t\tgoto fail;
      \tret = register_filesystem(&elm_fs_type);
      \tif (ret)
      \t\tgoto fail_pool;
      \treturn 0;
      fail_pool:
      \telm_pool_destroy();
      fail:
      \treturn ret;
      }
      """
    ),
  ])
  func idiomsAreSilent(old: String, new: String) {
    #expect(findings(old + "\n", new + "\n").isEmpty)
    #expect(findings(old + "\n", new + "\n", folder: "drivers/a").isEmpty)
  }

  @Test func fiveThousandEqualFunctionsEnd() {
    let one = """
      static int ash_sum_%d(struct ash *a)
      {
      \tint sum = 0, i;

      \tfor (i = 0; i < a->ash_count; i++)
      \t\tsum += ash_read_cell(a->ash_base, i) * ash_weight(a, i);
      \treturn ash_clamp_sum(sum, a->ash_limit);
      }

      """
    let many = (0..<5000).map { one.replacing("%d", with: "\($0)") }.joined()
    let found = findings(many, one.replacing("%d", with: "again"))
    #expect(found.count == 1)
  }

  /// A body of more than 20,000 tokens, as generated register dumps are, is cut and compared.
  @Test func functionsOfTwentyThousandTokensEnd() throws {
    func dump(_ chip: String) -> String {
      let lines = (0..<1700).map {
        "\tash_dump_cell(a->ash_base + \($0 % 97), a->ash_grid[\($0)], 0);\n"
      }
      return "static void \(chip)_dump_all(struct ash *a)\n{\n\(lines.joined())}\n"
    }
    let before = SmallTree(["drivers/a/old.c": dump("ash")])
    var after = before
    after.files["drivers/b/new.c"] = dump("elm")
    let whole = before.findings(becoming: after)
    #expect(whole.map(\.function) == ["elm_dump_all"])
    #expect(before.findings(becoming: after, by: DuplicateBlocks()).isEmpty)
    #expect(before.findings(becoming: after, by: InconsistentCopies()).isEmpty)
  }

  @Test(arguments: ["", "static void f(void)\n{\n}\n", "static int g(void)\n{\n\tALL_OF_IT\n}\n"])
  func nothingIsNoDuplicate(text: String) {
    #expect(findings(text, text).isEmpty)
  }
}
