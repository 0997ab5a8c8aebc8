/// What the export check knows of the kernel's macros: the contents of `exports.yaml` as values.
public struct ExportRules: Sendable, Equatable {
  /// The macros that export, by name.
  public var macros: [String: ExportMacro] = [:]

  /// Rules that know nothing.
  public init() {}

  /// Reads rules from the text of a YAML document whose schema `exports.yaml` describes.
  ///
  /// - Parameters:
  ///   - yaml: The document; sections about other things are passed over.
  ///   - file: Its path, for messages.
  /// - Throws: `RulesError` with the line and what was expected there.
  public init(yaml: String, file: String) throws(RulesError) {
    self = try ExportRules().adding(yaml: yaml, file: file)
  }

  /// These rules with those of another document added; it replaces what it names.
  public func adding(yaml: String, file: String) throws(RulesError) -> ExportRules {
    var result = self
    guard let section = try RulesNode(yaml: yaml, file: file).section("export-macros") else {
      return result
    }
    for (name, entry) in try section.pairs(of: "macros that export") {
      result.macros[name] = try Self.macro(name, entry)
    }
    return result
  }

  /// The macro called `name`, from the table or by the look of its name.
  public func macro(_ name: String) -> ExportMacro? {
    macros[name] ?? ExportMacro(guessing: name)
  }

  private static let keys = [
    "symbol", "gpl", "namespace", "namespace-name", "modules", "defines", "symbols", "users",
    "stands-for",
  ]

  private static func macro(_ name: String, _ node: RulesNode) throws(RulesError) -> ExportMacro {
    var macro = ExportMacro(name: name)
    let fields = try node.fields(keys, of: "a macro that exports")
    if let node = fields["symbol"] { macro.symbol = try node.argument() }
    if let node = fields["gpl"] { macro.isGPL = try node.flag() }
    if let node = fields["namespace"] { macro.namespace = try node.argument() }
    if let node = fields["namespace-name"] { macro.namespaceName = try node.name() }
    if let node = fields["modules"] { macro.modules = try node.argument() }
    if let node = fields["defines"] { macro.defines = try node.flag() }
    if let node = fields["stands-for"] { macro.standsFor = try node.flag() }
    if let node = fields["symbols"] { macro.symbols = try patterns(node) }
    if let node = fields["users"] { macro.users = try patterns(node) }
    return macro
  }

  private static func patterns(_ node: RulesNode) throws(RulesError) -> [String] {
    var result: [String] = []
    for element in try node.elements(of: "names with a * for the argument") {
      let text = try element.text("a name with a * for the argument")
      guard text.replacing("*", with: "x").isCName, text.contains("*") else {
        throw element.expected("a name with a * for the argument")
      }
      result.append(text)
    }
    return result
  }
}
