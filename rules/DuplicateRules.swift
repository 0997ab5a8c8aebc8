/// What the duplicate check knows without looking at a tree.
public struct DuplicateRules: Sendable, Equatable {
  /// How many files of a kernel mention a name in a function, for the names that many do.
  public var frequentNames: [String: Int] = [:]

  /// Names that belong to an idiom and prove nothing.
  public var idiomNames: Set<String> = []

  /// A function that the tree has in so many files is one that it lets be copied.
  public var acceptedCopies = Int.max

  /// Weights of the rare names in common from which on a copy is told although the two would need
  /// an export to share code.
  public var evidenceApart = 0.0

  /// The same for a copy inside one file, where whoever wrote it saw both.
  public var evidenceInOneFile = 0.0

  public init() {}

  /// Reads a document of the shape of `rules/duplicates.yaml`.
  ///
  /// - Parameter file: What error messages call the document.
  public init(yaml: String, file: String) throws(RulesError) {
    let document = try RulesNode(yaml: yaml, file: file)
    let fields = try document.fields(
      ["idiom-names", "frequent-names", "sharing"], of: "the duplicate rules")
    if let idioms = fields["idiom-names"] {
      idiomNames = Set(try idioms.text("names").split(separator: " ").map(String.init))
    }
    try readSharing(fields["sharing"], file)
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

  private mutating func readSharing(_ node: RulesNode?, _ file: String) throws(RulesError) {
    let keys = ["accepted-copies", "evidence-apart", "evidence-in-one-file"]
    guard let fields = try node?.fields(keys, of: "what is shared") else { return }
    if let copies = fields[keys[0]] { acceptedCopies = Int(try copies.number()) }
    if let apart = fields[keys[1]] { evidenceApart = Double(try apart.number()) }
    if let inside = fields[keys[2]] { evidenceInOneFile = Double(try inside.number()) }
  }
}
