import ArgumentParser
import Findings

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

  private static func words(_ text: String) -> [String] {
    text.split { $0 == "," || $0 == " " }.map(String.init)
  }
}
