import ArgumentParser
import Findings
import Review

/// Reads `A,B,C` into values, and knows what to suggest for a word that is none of them.
enum ListOption {
  static func areas(_ text: String) throws -> [Area] {
    try words(text).map { word in
      guard let area = Area(rawValue: word) else {
        let known = Area.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("there is no area '\(word)', only \(known)")
      }
      return area
    }
  }

  static func types(_ text: String) throws -> [FindingType] {
    try words(text).map { try TypeName($0).type }
  }

  /// `2/4`.
  static func shard(_ text: String) throws -> ReviewRequest.Shard {
    let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let index = numbers[0], let count = numbers[1], count > 0,
      (1...count).contains(index)
    else { throw ValidationError("--shard needs a part and how many there are, such as 1/4") }
    return .init(index: index, count: count)
  }

  private static func words(_ text: String) -> [String] {
    text.split { $0 == "," || $0 == " " }.map(String.init)
  }
}
