internal import Findings

/// PROTOTYPE_NOT_IN_HEADER for a new function that other files use and no header declares.
///
/// Only where the tree knows all its declarations.
struct UndeclaredDefinitions: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    guard search.isWholeTree else { return [] }
    return change.entityNames.compactMap { name in
      guard change.oldDefinition(of: name) == nil, let new = change.definition(of: name),
        new.item.kind == .function, new.item.signature != nil,
        SourceKind(path: new.path) == .c, change.headerDeclarations(of: name).isEmpty,
        let known = search.tree.declarations(of: name), known.isEmpty
      else { return nil }
      let users = search.users(of: name, in: change, or: new.path)
      // INDIRECT_CALLABLE_DECLARE(…) and the like: a macro's argument may be the prototype.
      guard !users.outside.contains(where: { $0.use.function == nil }) else { return nil }
      let files = users.outsideFiles.filter {
        SourceKind(path: $0) == .c && !search.sureUses(of: [name], in: $0).isEmpty
      }
      guard !files.isEmpty else { return nil }
      return Finding(
        type: .prototypeNotInHeader, file: new.path, line: new.item.line, function: name,
        message: "\(name)() is used in \(Users.spoken(files, "file")), but no header declares it.",
        remedy: "Declare it in a header that these files include.",
        fingerprint: Fingerprint(.prototypeNotInHeader, [name]), related: users.related(),
        data: ["symbol": .string(name), "users": .integer(files.count)])
    }
  }
}
