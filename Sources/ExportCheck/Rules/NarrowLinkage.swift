internal import Findings

/// LINKAGE_COULD_BE_STATIC: only the file that defines it uses it.
///
/// Looks at what the touched files define and at what touched private headers declare; public
/// headers are offers, not couplings.
struct NarrowLinkage: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    guard search.isWholeTree else { return [] }
    return change.entityNames.compactMap { name in
      guard let place = candidate(name, change) else { return nil }
      return finding(name, place, in: change, search)
    }
  }

  private func candidate(_ name: String, _ change: SurfaceChange) -> Located<Entity>? {
    let entities = change.entitiesAfter[name] ?? []
    let definitions = entities.filter { $0.item.isDefinition && $0.item.linkage == .external }
    if let definition = definitions.first {
      return definitions.count == 1 && SourceKind(path: definition.path) == .c
        && isOrdinary(definition.item) ? definition : nil
    }
    return change.headerDeclarations(of: name).first {
      $0.item.kind == .function && !TreePart.isPublicHeader($0.path) && isOrdinary($0.item)
    }
  }

  /// False for what linker scripts, assembly or other languages find without a name in C.
  private func isOrdinary(_ entity: Entity) -> Bool {
    !Self.reached.contains(entity.name)
      && !entity.attributes.contains { mark in
        Self.marks.contains { mark.hasPrefix($0) }
      }
      && !Self.scopes.contains { entity.signature?.result.contains($0) ?? false }
  }

  /// Macros before a function that are `static` in some configurations.
  private static let scopes = ["IF_KUNIT", "INDIRECT_CALLABLE_SCOPE", "EXPORT_FOR_TESTS"]

  private static let reached: Set<String> = ["init_module", "cleanup_module", "main"]
  private static let marks = [
    "__weak", "asmlinkage", "__visible", "__used", "__bpf_kfunc", "__section", "__attribute__",
    "__alias", "__attribute", "__naked", "__entry", "__percpu", "__latent_entropy",
  ]

  private func finding(
    _ name: String, _ place: Located<Entity>, in change: SurfaceChange, _ search: UserSearch
  ) -> Finding? {
    let homes = search.homes(of: name, in: change)
    guard homes.count == 1, let home = homes.first, SourceKind(path: home) == .c,
      change.exportsAfter[name] == nil,
      // A public header offers it to whoever comes.
      !declarations(name, change, search).contains(where: TreePart.isPublicHeader),
      search.exportLines(of: name).isEmpty
    else { return nil }
    let users = search.users(of: [name], definedIn: homes)
    // Used nowhere at all is another matter: a macro may paste the name together.
    guard users.outside.isEmpty, !users.sites.isEmpty else { return nil }
    let header = declarations(name, change, search).first { SourceKind(path: $0) == .header }
    var message = "\(place.item.spoken) is used only in \(home), which defines it"
    if let header { message += ", though \(TreePart.name(header)) declares it for others" }
    return Finding(
      type: .linkageCouldBeStatic, file: place.path, line: place.item.line,
      function: place.item.kind == .function ? name : nil, message: message + ".",
      remedy: header == nil ? "Make it static." : "Make it static and drop the prototype.",
      fingerprint: Fingerprint(.linkageCouldBeStatic, [name]),
      data: ["symbol": .string(name)])
  }

  /// Files that declare `name`, as far as they are known.
  private func declarations(_ name: String, _ change: SurfaceChange, _ search: UserSearch)
    -> [String]
  {
    let known = (search.tree.declarations(of: name) ?? []).map(\.file)
    return known + change.headerDeclarations(of: name).map(\.path)
  }
}
