/// What the duplicate check knows without looking at a tree.
public struct DuplicateRules: Sendable, Equatable {
  /// How many files of a kernel mention a name in a function, for the names that many do.
  public var frequentNames: [String: Int] = [:]

  /// Names that belong to an idiom and prove nothing.
  public var idiomNames: Set<String> = []

  public init() {}

  /// Reads a document of the shape of `rules/duplicates.yaml`.
  ///
  /// - Parameter file: What error messages call the document.
  public init(yaml: String, file: String) throws(RulesError) {
    let document = try RulesNode(yaml: yaml, file: file)
    let fields = try document.fields(
      ["idiom-names", "frequent-names"], of: "the duplicate rules")
    if let idioms = fields["idiom-names"] {
      idiomNames = Set(try idioms.text("names").split(separator: " ").map(String.init))
    }
    guard let frequent = fields["frequent-names"] else { return }
    guard case .mapping(let mapping) = frequent.node else {
      throw frequent.expected("numbers of files with names")
    }
    for (key, value) in mapping {
      let count = try RulesNode(key, file: file).number()
      for name in try RulesNode(value, file: file).text("names").split(separator: " ") {
        frequentNames[String(name)] = Int(count)
      }
    }
  }
}
