internal import Findings

/// Calls that still pass as many arguments as the function took before.
enum StaleCallers {
  /// Calls in the tree of the new side, sorted by file and line; none when the numbers of
  /// parameters are equal, for then tokens cannot tell.
  static func find(
    _ name: String, from old: Signature, to new: Signature, _ home: Located<Entity>,
    in change: SurfaceChange, _ search: UserSearch
  ) -> [Finding.Related] {
    guard !old.isOpen, !new.isOpen, !new.isVariadic, !old.isVariadic,
      old.parameters.count != new.parameters.count
    else { return [] }
    let users = search.users(of: name, in: change, or: home.path)
    var result: [Finding.Related] = []
    var seen: Set<String> = []
    for site in users.sites where seen.insert(site.use.file).inserted {
      guard let text = search.tree.text(of: site.use.file) else { continue }
      // A file with an own function or macro of the name calls that.
      let surface = Surface(path: site.use.file, text: text, rules: search.rules)
      let isOwn =
        surface.macros.contains { $0.name == name }
        || surface.entities(named: name).contains { $0.isDefinition && $0.linkage != .external }
      if isOwn { continue }
      for call in CallReader.calls(of: name, in: text)
      where call.arguments == old.parameters.count {
        let use = users.sites.first { $0.use.file == site.use.file && $0.use.line == call.line }
        result.append(
          Finding.Related(
            file: site.use.file, line: call.line, function: use?.use.function,
            message: "passes \(call.arguments)"))
      }
    }
    return result
  }
}
