internal import Findings

/// PROTOTYPE_REMOVED: a header no longer offers a function or variable.
///
/// With users left that no other header serves, it is an error that a later commit may repair.
struct RemovedPrototypes: SurfaceRule {
  /// Which of the removals to tell.
  enum Part: Sendable {
    case withoutUsers
    case withUsers
  }
  var part: Part

  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.entityNames.compactMap { name in
      guard let old = change.oldHeaderDeclarations(of: name).first,
        change.headerDeclarations(of: name).isEmpty
      else { return nil }
      let left = usersLeft(name, in: change, search)
      switch part {
      case .withoutUsers: return left.isEmpty ? harmless(old, in: change, search) : nil
      case .withUsers: return left.isEmpty ? nil : breaking(old, left)
      }
    }
  }

  /// Files outside the definition that surely use the name and see no declaration of it.
  private func usersLeft(_ name: String, in change: SurfaceChange, _ search: UserSearch)
    -> [Finding.Related]
  {
    let new = change.entitiesAfter[name] ?? []
    // An inline, a macro or another prototype takes its place.
    let isReplaced =
      new.contains { $0.item.linkage == .inline || !$0.item.isDefinition }
      || change.after.contains { $0?.outline?.macros.contains { $0.name == name } ?? false }
    guard !isReplaced, search.tree.declarations(of: name)?.isEmpty ?? true else { return [] }
    let inHeaders = search.tree.definitions(of: name).contains {
      SourceKind(path: $0.file) == .header
    }
    guard !inHeaders else { return [] }
    let users = search.users(of: [name], definedIn: search.homes(of: name, in: change))
    let isKnown = search.isWholeTree && search.tree.declarations(of: name) != nil
    let includes = DirectIncludes(search.tree)
    return users.outsideFiles.compactMap { file in
      // Without the whole tree's declarations another header of the file may have one.
      guard isKnown || !includes.mention(name, from: file),
        let line = search.sureUses(of: [name], in: file).first
      else { return nil }
      return Finding.Related(file: file, line: line, message: "still uses it")
    }
  }

  private func harmless(
    _ old: Located<Entity>, in change: SurfaceChange, _ search: UserSearch
  ) -> Finding {
    let name = old.item.name
    let new = (change.entitiesAfter[name] ?? []).filter(\.item.isDefinition)
    var text = "\(old.item.spoken) is no longer declared in \(TreePart.name(old.path))"
    if let home = new.first {
      switch home.item.linkage {
      case .file: text += "; it is static in \(home.path) now"
      case .inline: text += "; it is inline in \(home.path) now"
      case .external: text += "; \(home.path) still defines it"
      }
    } else if change.oldDefinition(of: name) != nil {
      text += " and no longer defined"
    }
    return finding(old, text + ".", .info, [], [name])
  }

  private func breaking(_ old: Located<Entity>, _ left: [Finding.Related]) -> Finding {
    let who = Users.spoken(left.map(\.file), "file")
    return finding(
      old,
      "\(old.item.spoken) is no longer declared in \(TreePart.name(old.path)), but \(who) still "
        + "use\(left.count == 1 ? "s" : "") it.",
      .error, left, [old.item.name, "users left"])
  }

  private func finding(
    _ old: Located<Entity>, _ message: String, _ severity: Severity, _ left: [Finding.Related],
    _ words: [String]
  ) -> Finding {
    Finding(
      type: .prototypeRemoved, severity: severity, file: old.path, line: old.item.line,
      function: old.item.kind == .function ? old.item.name : nil, message: message,
      remedy: left.isEmpty ? "" : "Take the users away first, or in the same patch.",
      side: .old, fingerprint: Fingerprint(.prototypeRemoved, words),
      related: Array(left.prefix(5)),
      data: ["symbol": .string(old.item.name), "users": .integer(left.count)])
  }
}
