extension DuplicateRules {
  /// The rules that are part of the program.
  public static let builtin: DuplicateRules = {
    let text = String(decoding: PackageResources.duplicates_yaml, as: UTF8.self)
    do {
      return try DuplicateRules(yaml: text, file: "rules/duplicates.yaml")
    } catch {
      // A test reads the embedded document, so no program that was released gets here.
      fatalError("\(error)")
    }
  }()
}
