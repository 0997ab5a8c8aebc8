internal import Findings

/// PROTOTYPE_MISMATCH: a declaration contradicts the definition.
///
/// Told where the series touches one of the two, and only when the file of the definition includes
/// the declaration itself: many names of a kernel tree mean different things in different programs.
struct MismatchedPrototypes: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.entityNames.compactMap { name in
      guard isTouched(name, change) else { return nil }
      for file in definers(of: name, in: change, search) {
        if let found = mismatch(name, in: file, search) { return found }
      }
      return nil
    }
  }

  private func isTouched(_ name: String, _ change: SurfaceChange) -> Bool {
    func shapes(_ entities: [Located<Entity>]?) -> Set<String> {
      Set(
        (entities ?? []).filter { $0.item.kind == .function }.map {
          "\($0.item.linkage) \($0.item.isDefinition) \($0.item.signature?.text ?? "")"
        })
    }
    return shapes(change.entitiesBefore[name]) != shapes(change.entitiesAfter[name])
  }

  /// Source files that define `name` for themselves or for others, sorted: changed ones, and those
  /// of the tree where a header changed.
  private func definers(of name: String, in change: SurfaceChange, _ search: UserSearch)
    -> [String]
  {
    let entities = change.entitiesAfter[name] ?? []
    var files = Set(
      entities.filter { $0.item.isDefinition && $0.item.linkage != .inline }.map(\.path))
    if entities.contains(where: { !$0.item.isDefinition && SourceKind(path: $0.path) == .header }) {
      files.formUnion(search.homes(of: name, in: change))
    }
    return files.filter { SourceKind(path: $0) == .c }.sorted()
  }

  private func mismatch(_ name: String, in file: String, _ search: UserSearch) -> Finding? {
    guard let text = search.tree.text(of: file) else { return nil }
    let surface = Surface(path: file, text: text, rules: search.rules)
    let definitions = surface.entities(named: name).filter {
      $0.isDefinition && $0.linkage != .inline && $0.kind == .function
    }
    guard let first = definitions.first, let outline = surface.outline else { return nil }
    for header in DirectIncludes(search.tree).headers(of: file, outline) {
      guard let text = search.tree.text(of: header), text.contains(name) else { continue }
      let declared = Surface(path: header, text: text, rules: search.rules).entities(named: name)
        .filter { !$0.isDefinition && $0.linkage == .external && $0.kind == .function }
      guard let place = declared.first else { continue }
      if first.linkage == .file, definitions.count == 1, first.condition.isEmpty,
        place.condition.isEmpty
      {
        return finding(
          place, header, first, file,
          "\(name)() is static in \(file), but this header, which that file includes, still "
            + "declares it for all.")
      }
      if let reason = contradiction(declared, definitions) {
        return finding(
          place, header, first, file,
          "The declaration of \(name)() contradicts its definition in \(file): \(reason).")
      }
    }
    return nil
  }

  /// Why no declaration fits any definition; nil when one may.
  private func contradiction(_ declared: [Entity], _ defined: [Entity]) -> String? {
    var reason: String?
    for declaration in declared {
      for definition in defined {
        guard let mine = declaration.signature, let theirs = definition.signature,
          let found = mine.contradiction(to: theirs)
        else { return nil }
        reason = reason ?? found
      }
    }
    return reason
  }

  private func finding(
    _ declaration: Entity, _ header: String, _ definition: Entity, _ file: String,
    _ message: String
  ) -> Finding {
    Finding(
      // The compiler, which sees both, rejects it.
      type: .prototypeMismatch, severity: .warning, file: header, line: declaration.line,
      function: declaration.name, message: message,
      remedy: "Make the two agree in the same patch.",
      fingerprint: Fingerprint(.prototypeMismatch, [declaration.name]),
      related: [
        Finding.Related(
          file: file, line: definition.line, function: declaration.name, message: "defined here")
      ],
      data: ["symbol": .string(declaration.name)])
  }
}
