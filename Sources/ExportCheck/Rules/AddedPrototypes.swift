internal import Findings

/// PROTOTYPE_ADDED: a header offers a function or variable that no header offered before.
struct AddedPrototypes: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.entityNames.compactMap { name in
      let old = change.oldHeaderDeclarations(of: name)
      guard let new = change.headerDeclarations(of: name).first else { return nil }
      if old.isEmpty { return finding(new, movedFrom: nil, in: change, search) }
      // From a private header into a public one: more can see it.
      guard !old.contains(where: { TreePart.isPublicHeader($0.path) }),
        let wide = change.headerDeclarations(of: name).first(where: {
          TreePart.isPublicHeader($0.path)
        })
      else { return nil }
      return finding(wide, movedFrom: old[0].path, in: change, search)
    }
  }

  private func finding(
    _ place: Located<Entity>, movedFrom origin: String?, in change: SurfaceChange,
    _ search: UserSearch
  ) -> Finding {
    let name = place.item.name
    let homes = search.homes(of: name, in: change)
    let users = search.users(of: [name], definedIn: homes)
    let isExported = change.exportsAfter[name] != nil
    // Files of one module may well share a helper; otherwise a single user ties two files together
    // that nothing else does.
    let isCoupling =
      users.isComplete && !TreePart.isPublicHeader(place.path) && !isExported && !homes.isEmpty
      && users.outsideFiles.count == 1 && !users.areInOwnModule && origin == nil
    var text = "\(place.item.spoken) is declared in \(TreePart.name(place.path)) now"
    if let origin { text += ", before in the private \(TreePart.name(origin))" }
    text += "; " + clause(users, homes, place, isCoupling: isCoupling) + "."
    return Finding(
      type: .prototypeAdded, severity: isCoupling ? .warning : .info, file: place.path,
      line: place.item.line, function: place.item.kind == .function ? name : nil, message: text,
      remedy: isCoupling
        ? "Say why the two files must share it; else give the second one what it needs."
        : "",
      fingerprint: Fingerprint(.prototypeAdded, [name]), related: users.related(),
      data: [
        "symbol": .string(name), "users": .integer(users.outsideFiles.count),
        "public": .bool(TreePart.isPublicHeader(place.path)),
      ])
  }

  private func clause(
    _ users: Users, _ homes: [String], _ place: Located<Entity>, isCoupling: Bool
  ) -> String {
    let home = homes.count == 1 ? homes[0] : nil
    switch users.outsideFiles.count {
    case 0:
      let only = home.map { "only \($0), which defines it, uses it" } ?? "nothing uses it yet"
      return users.isComplete ? only : "users were looked for only near the changed files"
    case 1 where !users.isComplete: return "\(users.outsideFiles[0]) uses it"
    case 1:
      return "one file uses it\(home.map { " beside \($0)" } ?? ""): \(users.outsideFiles[0])"
        + (isCoupling ? ", which ties the two together" : "")
    default: return "used in \(users.spokenFiles())"
    }
  }
}
