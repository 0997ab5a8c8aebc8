import ArgumentParser
import BuiltinRules
import Findings

struct ListTypesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list-types",
    abstract: "Lists the finding types with their severity, a line each.")

  @Option(
    help: ArgumentHelp("Only these areas, separated by commas.", valueName: "areas"),
    transform: ListOption.areas)
  var only: [Area] = []

  mutating func run() throws {
    let types = FindingType.allCases.filter { only.isEmpty || only.contains($0.area) }
    let width = types.map(\.rawValue.count).max() ?? 0
    for type in types {
      let summary = TypeGuide.builtin.entries[type.rawValue]?.summary ?? ""
      let name = type.rawValue.padding(to: width)
      print("\(name)  \(type.severity.rawValue.padding(to: 7))  \(summary)")
    }
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
