import GitKit
import Testing

struct LineChangesTests {
  private func changes(_ old: String?, _ new: String?) throws -> LineChanges {
    try LineChanges(from: old.map { Array($0.utf8) }, to: new.map { Array($0.utf8) })
  }

  @Test func oneLineRewritten() throws {
    let changes = try changes("a\nb\nc\n", "a\nB\nc\n")
    #expect(changes.added == [2...2])
    #expect(changes.deleted == [2...2])
    #expect(changes.hunks.count == 1)
  }

  @Test func linesAddedAndDeletedElsewhere() throws {
    let changes = try changes("a\nb\nc\nd\ne\n", "a\nx\ny\nb\nc\ne\n")
    #expect(changes.added == [2...3])
    #expect(changes.deleted == [4...4])
    #expect(changes.hunks[0].old == nil)
    #expect(changes.hunks[1].new == nil)
  }

  @Test func wholeFiles() throws {
    #expect(try changes(nil, "a\nb\n").added == [1...2])
    #expect(try changes("a\nb\n", nil).deleted == [1...2])
    #expect(try changes("a\n", "a\n").hunks.isEmpty)
    #expect(try changes(nil, "").hunks.isEmpty)
  }

  @Test func lastLineWithoutNewline() throws {
    #expect(try changes("a\nb", "a\nb\n").added == [2...2])
    #expect(try changes("a\nb\n", "a\nc").deleted == [2...2])
  }

  @Test func bytesThatAreNoText() throws {
    let changes = try LineChanges(
      from: [0x61, 0x0a, 0x00, 0x0a], to: [0x61, 0x0a, 0x00, 0xe9, 0x0a, 0xff])
    #expect(changes.added == [2...3])
    #expect(changes.deleted == [2...2])
  }
}
