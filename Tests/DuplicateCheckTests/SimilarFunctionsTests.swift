import DuplicateCheck
import Findings
import Testing

@Suite struct SimilarFunctionsTests {
  private func matches(_ name: String, in text: String) -> [SimilarFunctions.Match]? {
    let file = FileVersion(path: "fs/brook/relay.c", text: text)
    var tree = BrookTree.tree
    tree.files[file.path] = text
    return SimilarFunctions().matches(of: name, in: file, knowing: tree)
  }

  @Test func theOriginalComesFirstAndIsADuplicate() throws {
    let found = try #require(
      matches("brook_relay_must_be_single", in: BrookTree.relay + BrookTree.copies))
    #expect(found.first?.function == "brook_direct_wants_single")
    #expect(found.first?.file == "fs/brook/direct.c")
    #expect(found.first?.line == 12)
    #expect(found.first?.verdict == .duplicate)
    #expect((found.first?.containment ?? 0) >= 0.9)
    #expect(found.dropFirst().allSatisfy { $0.verdict == .similar })
  }

  @Test func theFunctionItselfIsLeftOut() throws {
    let found = try #require(matches("brook_relay_write", in: BrookTree.relay))
    #expect(!found.contains { $0.function == "brook_relay_write" })
    #expect(found.allSatisfy { $0.verdict == .similar })
  }

  @Test func aNameThatIsNotThereIsNil() {
    #expect(matches("nowhere", in: BrookTree.relay) == nil)
  }
}
