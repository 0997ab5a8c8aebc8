import Findings
import Testing

@testable import DuplicateCheck

/// Whether a copy is worth a word, by what it would take to share the code.
@Suite struct SharingTests {
  /// What is said when the helpers of `BrookTree` are copied.
  private func findings(
    from old: String = "fs/brook/direct.c", to new: String = "fs/brook/relay.c",
    roles: [String: KbuildRole] = [:], alsoIn others: [String] = []
  ) -> [Finding] {
    var before = SmallTree([old: BrookTree.direct, new: BrookTree.relay])
    for path in others { before.files[path] = BrookTree.direct }
    var after = before
    after.files[new] = BrookTree.relay + BrookTree.copies
    after.roles = roles
    return before.findings(becoming: after).filter { $0.type == .duplicateFunction }
  }

  private func findings(_ new: KbuildRole, _ old: KbuildRole) -> [Finding] {
    findings(roles: ["fs/brook/relay.c": new, "fs/brook/direct.c": old])
  }

  @Test(arguments: [
    (KbuildRole.module("brook"), KbuildRole.module("brook")), (.builtIn, .builtIn),
    (.unknown, .module("brook")),
  ])
  func filesOfOneProgramShare(new: KbuildRole, old: KbuildRole) {
    #expect(findings(new, old).map(\.severity) == [.warning])
  }

  @Test func muchThatIsRareIsToldOfTwoModulesToo() {
    #expect(findings(large: .module("b"), .module("a")).map(\.severity) == [.warning])
    #expect(findings(large: .module("b"), .builtIn).map(\.severity) == [.warning])
  }

  @Test func whatTheTreeHasInManyFilesIsAccepted() {
    #expect(findings(alsoIn: ["fs/pond/direct.c"]).isEmpty)
  }

  @Test func filesOfOneModelEachAreAccepted() {
    #expect(
      findings(from: "drivers/quill/qx310_dma.c", to: "drivers/quill/qx420_dma.c").isEmpty)
    #expect(
      findings(from: "drivers/quill/qx310_dma.c", to: "drivers/quill/engine.c").map(\.severity)
        == [.warning])
  }

  /// What stands in another file of the other model's folder came along.
  @Test func aFamilyOfAnotherModelIsAcceptedAsAWhole() {
    let (old, new) = ("drivers/quill/qx310", "drivers/quill/qx420")
    let other = Self.large.replacing("%", with: "old")
    let before = SmallTree([
      "\(old)/dma.c": BrookTree.direct, "\(old)/irq.c": other, "\(new)/dma.c": BrookTree.relay,
    ])
    var after = before
    let copied = Self.large.replacing("%", with: "new")
    after.files["\(new)/dma.c"] = BrookTree.relay + BrookTree.copies + copied
    #expect(before.findings(becoming: after).isEmpty)
    after.files["\(new)/dma.c"] = BrookTree.relay + copied
    #expect(before.findings(becoming: after).map(\.severity) == [.warning])
  }

  // MARK: Notes

  private static let small = """
    static int ash_sum_%(struct ash *a)
    {
    \tint sum = 0, i;

    \tfor (i = 0; i < a->ash_count; i++)
    \t\tsum += ash_read_cell(a->ash_base, i) * ash_weight(a, i);
    \treturn ash_clamp_sum(sum, a->ash_limit);
    }

    """

  private static let large = small.replacing(
    "return",
    with: """
      sum -= elm_low_mark(a->elm_grid) * fir_high_mark(a->fir_roof);
      \tsum -= oak_spare(a->oak_stock) * yew_reserve(a->yew_store);
      \tsum -= fig_surplus(a->fig_heap) * bay_deficit(a->bay_hole);
      \treturn
      """)

  /// What is said when a function with few rare names is copied.
  private func findings(
    small new: KbuildRole, _ old: KbuildRole, isStatic: Bool = true, to path: String = "ash/b/new.c"
  ) -> [Finding] {
    findings(isStatic ? Self.small : Self.small.replacing("static ", with: ""), new, old, path)
  }

  /// What is said when a function with many rare names is copied.
  private func findings(large new: KbuildRole, _ old: KbuildRole) -> [Finding] {
    findings(Self.large, new, old, "ash/b/new.c")
  }

  private func findings(
    _ text: String, _ new: KbuildRole, _ old: KbuildRole, _ path: String
  ) -> [Finding] {
    let before = SmallTree(["ash/a/old.c": text.replacing("%", with: "old")])
    var after = before
    after.files[path] = (before.files[path] ?? "") + text.replacing("%", with: "new")
    after.roles["ash/a/old.c"] = old
    after.roles[path] = new
    return before.findings(becoming: after).filter { $0.type == .duplicateFunction }
  }

  @Test(arguments: [
    (KbuildRole.module("b"), KbuildRole.module("a"), true, "is static in another module"),
    (.module("b"), .module("a"), false, "is not exported in another module"),
    (.module("b"), .builtIn, true, "is static in the kernel image"),
    (.builtIn, .module("a"), true, "the kernel image cannot call `ash_sum_old()`"),
    (.builtIn, .builtIn, true, "different subsystems"),
    (.unknown, .module("a"), true, "no Makefile says"),
  ])
  func whatCannotBeCalledYetIsANote(
    new: KbuildRole, old: KbuildRole, isStatic: Bool, reason: String
  ) throws {
    let found = findings(small: new, old, isStatic: isStatic)
    #expect(found.map(\.severity) == [.info])
    let message = try #require(found.first).message
    #expect(message.contains(reason) && message.contains("Only a note: "), "\(message)")
    #expect(!message.contains("\n"))
  }

  @Test func twinsSideBySideAreANote() throws {
    let found = findings(small: .module("a"), .module("a"), to: "ash/a/old.c")
    #expect(found.map(\.severity) == [.info])
    #expect(try #require(found.first).message.contains("both are in one file"))
  }

  @Test func whatCanBeCalledIsAWarningHoweverSmall() {
    #expect(findings(small: .module("a"), .module("a")).map(\.severity) == [.warning])
  }

  @Test(arguments: [
    ("drivers/quill/qx310.c", "drivers/quill/qx420.c"),
    ("drivers/quill/qx310/dma.c", "drivers/quill/qx420/dma.c"),
    ("drivers/quill/qx310/qx310_dma.c", "drivers/quill/qx420/qx420-dma.c"),
    ("kernel/math_32.c", "kernel/math_64.c"),
    ("drivers/quill/qx_v4_1_0.c", "drivers/quill/qx_v4_1_1.c"),
    ("arch/one/kernel/signal.c", "arch/other/kernel/signal.c"),
  ])
  func siblings(a: String, b: String) {
    #expect(Siblings.are(a, b))
    #expect(Siblings.are(b, a))
  }

  @Test(arguments: [
    ("drivers/quill/qx310.c", "drivers/quill/qx310.c"),
    ("drivers/quill/qx310.c", "drivers/quill/ab420.c"),
    ("drivers/quill/qx_v4_1_0.c", "drivers/quill/qx_v4_1_dma.c"),
    ("drivers/quill/qx310.c", "drivers/quill/qx310_dma.c"),
    ("drivers/quill/qx310/dma.c", "drivers/quill/qx420/irq.c"),
    ("arch/one/kernel/signal.c", "arch/one/kernel/ptrace.c"),
    ("arch/one/kernel/signal.c", "kernel/signal.c"), ("a/b.c", "a/b/c.c"), ("", ""),
  ])
  func noSiblings(a: String, b: String) {
    #expect(!Siblings.are(a, b))
    #expect(!Siblings.are(b, a))
  }
}
