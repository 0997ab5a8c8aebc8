import ArgumentParser
import BuiltinRules
import Findings

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says what a finding type means, why it matters, and what to write instead.")

  @Argument(
    help: "The type, such as LOCK_HELD_AT_RETURN.",
    completion: .list(FindingType.allCases.map(\.rawValue)))
  var type: String

  mutating func run() throws {
    let type = try TypeName(type).type
    guard let entry = TypeGuide.builtin.entries[type.rawValue] else {
      throw UsageError("nothing is written about \(type.rawValue) yet")
    }
    print(TypeExplanation(type, entry).text)
  }
}
