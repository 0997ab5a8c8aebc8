internal import Findings

/// PROTOTYPE_NOT_IN_HEADER: a source file declares by itself what another file defines.
struct StrayDeclarations: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.after.compactMap(\.self)
      .filter { SourceKind(path: $0.path) == .c && !TreePart.isOutsideKernel($0.path) }
      .flatMap { surface in
        surface.entities.compactMap { finding($0, surface, in: change, search) }
      }
  }

  private func finding(
    _ entity: Entity, _ surface: Surface, in change: SurfaceChange, _ search: UserSearch
  ) -> Finding? {
    guard entity.kind == .function, !entity.isDefinition, entity.linkage == .external,
      !surface.entities(named: entity.name).contains(where: \.isDefinition)
    else { return nil }
    let homes = search.homes(of: entity.name, in: change).filter {
      TreePart.mayLink($0, surface.path)
    }
    // Defined in assembly, by the linker or by a macro: there may be no header to put it into.
    guard let home = homes.first, homes.allSatisfy({ SourceKind(path: $0) == .c }) else {
      return nil
    }
    return Finding(
      type: .prototypeNotInHeader, file: surface.path, line: entity.line, function: entity.name,
      message: "\(entity.name)() is declared here by hand, but \(home) defines it: nothing checks "
        + "that the two agree.",
      remedy: "Declare it in a header that both files include.",
      fingerprint: Fingerprint(.prototypeNotInHeader, [entity.name, "declaration"]),
      related: search.tree.definitions(of: entity.name).filter { $0.file == home }.map {
        Finding.Related(
          file: $0.file, line: $0.line, function: entity.name, message: "defined here")
      },
      data: ["symbol": .string(entity.name)])
  }
}
