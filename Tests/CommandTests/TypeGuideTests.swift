import BuiltinRules
import Findings
import Testing

@testable import lockstep

@Suite struct TypeGuideTests {
  @Test(arguments: FindingType.allCases)
  func everyTypeIsExplained(type: FindingType) throws {
    let entry = try #require(TypeGuide.builtin.entries[type.rawValue])
    #expect(!entry.summary.isEmpty && entry.summary.count <= 90 && !entry.summary.contains("\n"))
    for text in [entry.meaning, entry.why, entry.bad, entry.good] {
      #expect(text.contains { !$0.isWhitespace })
    }
    #expect(entry.bad != entry.good)
    let lines = TypeExplanation(type, entry).text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 100 })
  }

  @Test func nothingElseIsExplained() {
    #expect(
      Set(TypeGuide.builtin.entries.keys) == Set(FindingType.allCases.map(\.rawValue)))
  }

  @Test(arguments: [
    "LOCK_NOT_HELD", "lock_not_held", "lock-not-held", "Lock-Not_Held",
  ])
  func aTypeMayBeSpeltFreely(word: String) throws {
    let name = try TypeName(word)
    #expect(name.type == .lockNotHeld)
  }

  @Test(arguments: [
    ("LOCK_NOT_HELT", "LOCK_NOT_HELD"), ("HELD_AT_RETURN", "LOCK_HELD_AT_RETURN"),
    ("export_remove", "EXPORT_REMOVED"),
  ])
  func aWrongNameGetsTheNearest(word: String, nearest: String) {
    let error = #expect(throws: UsageError.self) { _ = try TypeName(word) }
    #expect(error?.description.contains("Did you mean \(nearest)?") == true)
  }

  @Test func aNameLikeNoneGetsNoGuess() {
    let error = #expect(throws: UsageError.self) { _ = try TypeName("MAGIC") }
    #expect(error?.description.contains("Did you mean") == false)
    #expect(error?.description.contains("list-types") == true)
  }
}
