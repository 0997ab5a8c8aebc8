internal import Findings

/// PROTOTYPE_NO_DEFINITION: a header declares a function that nothing defines.
struct LostDefinitions: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    guard search.isWholeTree else { return [] }
    return change.entityNames.compactMap { name in
      guard !isDefined(name, in: change, search) else { return nil }
      let isLost = change.oldDefinition(of: name) != nil
      guard let place = declaration(name, in: change, search, isLost: isLost) else { return nil }
      let uses = search.tree.uses(of: name).filter { !TreePart.isOutsideKernel($0.file) }
      // At file scope it is a macro's argument, which may define it; so may assembly and Rust.
      let isMade = uses.contains { $0.function == nil || $0.kind == .assembly || $0.kind == .rust }
      // A name that is used is defined somewhere, by a macro that pastes it together.
      guard !isMade, isLost || uses.isEmpty else { return nil }
      return finding(name, place, uses, isLost: isLost)
    }
  }

  private func isDefined(_ name: String, in change: SurfaceChange, _ search: UserSearch) -> Bool {
    change.entitiesAfter[name]?.contains { $0.item.isDefinition } ?? false
      || !search.tree.definitions(of: name).isEmpty
      || change.after.contains { $0?.outline?.macros.contains { $0.name == name } ?? false }
      || change.exportsAfter[name]?.contains { $0.item.defines } ?? false
  }

  /// A declaration that is new, or that outlives the definition.
  private func declaration(
    _ name: String, in change: SurfaceChange, _ search: UserSearch, isLost: Bool
  ) -> SymbolPlace? {
    if let place = change.headerDeclarations(of: name).first {
      let isNew = change.oldHeaderDeclarations(of: name).isEmpty
      return place.item.kind == .function && (isLost || isNew)
        ? SymbolPlace(file: place.path, line: place.item.line) : nil
    }
    guard isLost, change.oldDefinition(of: name)?.item.kind == .function else { return nil }
    return search.tree.declarations(of: name)?.first {
      SourceKind(path: $0.file) == .header && !TreePart.isOutsideKernel($0.file)
    }
  }

  private func finding(_ name: String, _ place: SymbolPlace, _ uses: [SymbolUse], isLost: Bool)
    -> Finding
  {
    let files = Array(Set(uses.map(\.file))).sorted()
    var message =
      isLost
      ? "\(name)() is still declared here, but its definition is gone"
      : "\(name)() is declared here, but nothing in the tree defines it"
    if !files.isEmpty {
      message += ", and \(Users.spoken(files, "file")) still use\(files.count == 1 ? "s" : "") it"
    }
    return Finding(
      type: .prototypeNoDefinition, severity: files.isEmpty ? .info : .warning, file: place.file,
      line: place.line, function: name, message: message + ".",
      remedy: files.isEmpty ? "Remove the prototype." : "Take its users away in the same patch.",
      fingerprint: Fingerprint(.prototypeNoDefinition, [name]),
      related: uses.prefix(3).map {
        Finding.Related(file: $0.file, line: $0.line, function: $0.function, message: "used here")
      },
      data: ["symbol": .string(name), "users": .integer(files.count)])
  }
}
