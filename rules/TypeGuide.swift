internal import Yams

/// What the program can tell about each finding type: the contents of `types.yaml`.
public struct TypeGuide: Sendable {
  /// What one type means, why it matters, and how code with and without it looks.
  public struct Entry: Sendable, Equatable, Codable {
    /// One line.
    public var summary: String
    public var meaning: String
    public var why: String
    /// C, or another of the kernel's languages, several lines each.
    public var bad: String
    public var good: String
  }

  /// The entries by the name of their type.
  public let entries: [String: Entry]

  /// The entries that are part of the program.
  public static let builtin: TypeGuide = {
    let text = String(decoding: PackageResources.types_yaml, as: UTF8.self)
    do {
      return try TypeGuide(entries: YAMLDecoder().decode([String: Entry].self, from: text))
    } catch {
      // A test reads the embedded document, so no program that was released gets here.
      fatalError("rules/types.yaml: \(error)")
    }
  }()
}
