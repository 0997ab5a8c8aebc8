extension ExportRules {
  /// The rules that are part of the program.
  public static let builtin: ExportRules = {
    let text = String(decoding: PackageResources.exports_yaml, as: UTF8.self)
    do {
      return try ExportRules(yaml: text, file: "rules/exports.yaml")
    } catch {
      // A test reads the embedded document, so no program that was released gets here.
      fatalError("\(error)")
    }
  }()
}
