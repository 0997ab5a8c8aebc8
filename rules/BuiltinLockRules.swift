extension LockRules {
  /// The rules that are part of the program.
  public static let builtin: LockRules = {
    let text = String(decoding: PackageResources.locks_yaml, as: UTF8.self)
    do {
      return try LockRules(yaml: text, file: "rules/locks.yaml")
    } catch {
      // A test reads the embedded document, so no program that was released gets here.
      fatalError("\(error)")
    }
  }()
}
