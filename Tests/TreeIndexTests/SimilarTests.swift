import Testing

@testable import TreeIndex

@Suite struct SimilarTests {
  private static let original = """
    static int pond_drain(struct pond *pond, int level)
    {
    \tstruct sluice *gate = pond_sluice_of(pond);
    \tint flow = 0;

    \tif (level < pond->lowest_level)
    \t\treturn -EINVAL;
    \tsluice_lift(gate, level);
    \twhile (pond_level(pond) > level)
    \t\tflow += sluice_measure(gate);
    \tsluice_drop(gate);
    \treturn flow;
    }

    """
  private static let others = (0..<40).map { number in
    """
    static int other_\(number)(struct thing_\(number) *t)
    {
    \tint i, sum = 0;

    \tfor (i = 0; i < t->count_\(number); i++)
    \t\tsum += read_\(number)(t, i, OTHER_\(number));
    \treturn sum ? store_\(number)(t, sum) : -EIO;
    }

    """
  }.joined()

  private let tree = TextTree(["pond/drain.c": original, "other/many.c": others])

  private func matches(_ text: String, name: String) throws -> [TreeIndex.Match] {
    try TreeIndex(of: Array(tree.files.keys), in: tree)
      .similar(to: name, path: "lake/lake.c", text: text, limit: 5)
  }

  @Test func aCopyWithOtherNamesComesFirst() throws {
    let copy = Self.original.replacing("pond_drain", with: "lake_empty")
      .replacing("flow", with: "sum").replacing("gate", with: "door").replacing(
        "pond", with: "lake")
    let found = try matches(copy, name: "lake_empty")
    #expect(found.first?.name == "pond_drain")
    #expect(found.first?.file == "pond/drain.c")
    #expect(found.first?.line == 1)
    #expect(found.first?.endLine == 13)
    #expect((found.first?.containment ?? 0) > 0.95)
  }

  @Test func aPartOfTheOriginalIsContained() throws {
    let part = """
      static int lake_empty(struct lake *lake, int level)
      {
      \tstruct sluice *gate = lake_sluice_of(lake);
      \tint flow = 0;

      \tsluice_lift(gate, level);
      \twhile (lake_level(lake) > level)
      \t\tflow += sluice_measure(gate);
      \treturn flow;
      }

      """
    let found = try matches(part, name: "lake_empty")
    #expect(found.first?.name == "pond_drain")
    #expect((found.first?.containment ?? 0) > 0.9)
  }

  @Test func theFunctionItselfIsLeftOut() throws {
    let index = try TreeIndex(of: Array(tree.files.keys), in: tree)
    let found = try index.similar(
      to: "pond_drain", path: "pond/drain.c", text: Self.original, limit: 5)
    #expect(!found.contains { $0.name == "pond_drain" })
  }

  @Test func whatStandsNowhereHasNoMatch() throws {
    let text = "int f(void)\n{\n" + String(repeating: "\tq(w[e], r ? t : y);\n", count: 8) + "}\n"
    #expect(try matches(text, name: "f").isEmpty)
    #expect(try matches("int f(void)\n{\n}\n", name: "f").isEmpty)
    #expect(try matches("", name: "f").isEmpty)
  }

  @Test(arguments: [1, 63, 64, 65, 200])
  func streamsAreComparedRight(length: Int) {
    let a = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 % 11) }
    let b = (0..<length + 5).map { UInt8(truncatingIfNeeded: $0 * 5 % 11) }
    var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in a.indices {
      for j in b.indices {
        table[i + 1][j + 1] =
          a[i] == b[j] ? table[i][j] + 1 : max(table[i][j + 1], table[i + 1][j])
      }
    }
    let count = b.withUnsafeBytes { StreamComparer(a).common(with: $0) }
    #expect(count == table[a.count][b.count])
  }
}
