internal import Findings

/// PROTOTYPE_MISMATCH: a declaration contradicts the definition.
///
/// Told where the series touches one of the two; a compiler that sees both rejects them.
struct MismatchedPrototypes: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.entityNames.compactMap { name in
      guard isTouched(name, change) else { return nil }
      return signatureMismatch(name, in: change, search) ?? staticMismatch(name, in: change, search)
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

  private func signatureMismatch(
    _ name: String, in change: SurfaceChange, _ search: UserSearch
  ) -> Finding? {
    let here = change.entitiesAfter[name] ?? []
    var definitions = here.filter { $0.item.isDefinition && $0.item.linkage == .external }
    if definitions.isEmpty {
      definitions = elsewhere(search.homes(of: name, in: change), name, search)
    }
    var declarations = here.filter { !$0.item.isDefinition && $0.item.linkage == .external }
    let known = (search.tree.declarations(of: name) ?? []).map(\.file)
      .filter { file in !here.contains { $0.path == file } && !TreePart.isOutsideKernel(file) }
    declarations += elsewhere(known, name, search).filter { !$0.item.isDefinition }
    guard !definitions.isEmpty else { return nil }
    for declaration in declarations {
      guard let mine = declaration.item.signature else { continue }
      let reasons = definitions.map { definition in
        definition.item.signature.flatMap { mine.contradiction(to: $0) }
      }
      guard let reason = reasons.first ?? nil, reasons.allSatisfy({ $0 != nil }) else { continue }
      return finding(
        name, declaration, definitions[0],
        "The declaration of \(name)() contradicts its definition in \(definitions[0].path): "
          + "\(reason).")
    }
    return nil
  }

  /// The entities called `name` in files that the change does not touch.
  private func elsewhere(_ files: [String], _ name: String, _ search: UserSearch)
    -> [Located<Entity>]
  {
    Set(files).sorted().flatMap { file -> [Located<Entity>] in
      guard let text = search.tree.text(of: file) else { return [] }
      return Surface(path: file, text: text, rules: search.rules).entities(named: name)
        .filter { $0.linkage == .external }
        .map { Located(path: file, file: -1, item: $0) }
    }
  }

  /// A function that is static now while a header that its file includes still declares it.
  private func staticMismatch(
    _ name: String, in change: SurfaceChange, _ search: UserSearch
  ) -> Finding? {
    guard
      let definition = change.entitiesAfter[name]?.first(where: {
        $0.item.isDefinition && $0.item.linkage == .file && $0.item.kind == .function
          && $0.item.condition.isEmpty
      }), let outline = change.after[definition.file]?.outline
    else { return nil }
    for header in DirectIncludes(search.tree).headers(of: definition.path, outline) {
      guard let text = search.tree.text(of: header), text.contains(name) else { continue }
      let declared = Surface(path: header, text: text, rules: search.rules).entities(named: name)
        .first { !$0.isDefinition && $0.linkage == .external && $0.condition.isEmpty }
      guard let declared else { continue }
      return finding(
        name, Located(path: header, file: -1, item: declared), definition,
        "\(name)() is static in \(definition.path), but this header, which that file includes, "
          + "still declares it for all.")
    }
    return nil
  }

  private func finding(
    _ name: String, _ declaration: Located<Entity>, _ definition: Located<Entity>,
    _ message: String
  ) -> Finding {
    Finding(
      // The compiler rejects it wherever it sees both.
      type: .prototypeMismatch, severity: .warning, file: declaration.path,
      line: declaration.item.line, function: name, message: message,
      remedy: "Make the two agree in the same patch.",
      fingerprint: Fingerprint(.prototypeMismatch, [name]),
      related: [
        Finding.Related(
          file: definition.path, line: definition.item.line, function: name,
          message: "defined here")
      ],
      data: ["symbol": .string(name)])
  }
}
