internal import Findings

/// The questions that rules ask about symbols of a change.
extension UserSearch {
  /// Users of an export on the new side.
  func users(of place: Located<Export>, in change: SurfaceChange) -> Users {
    var users = users(
      of: place.item.userNames, definedIn: homes(of: place.item, by: change.after[place.file]))
    if users.isComplete, place.item.standsFor || place.item.isMade { users.reach = .madeNames }
    return users
  }

  /// Files that define what `surface` exports, sorted.
  ///
  /// Where the exporting file itself defines it, another file that does so is an alternative, which
  /// may well be built beside it and use it.
  func homes(of export: Export, by surface: Surface?) -> [String] {
    guard let surface else { return tree.homes(of: export.symbol) }
    let isOwn = surface.entities(named: export.symbol).contains {
      $0.isDefinition && $0.linkage == .external
    }
    return isOwn ? [surface.path] : Set(tree.homes(of: export.symbol) + [surface.path]).sorted()
  }

  /// Users of a function or variable on the new side.
  func users(of name: String, in change: SurfaceChange, or path: String) -> Users {
    let homes = homes(of: name, in: change)
    return users(of: [name], definedIn: homes.isEmpty ? [path] : homes)
  }

  /// Files that define `name` for others on the new side, sorted.
  func homes(of name: String, in change: SurfaceChange) -> [String] {
    var files: Set<String> = []
    for place in change.entitiesAfter[name] ?? []
    where place.item.isDefinition && place.item.linkage == .external {
      files.insert(place.path)
    }
    return files.union(tree.homes(of: name)).sorted()
  }

  /// True for an export macro that asks for a licence compatible with the GPL.
  func isGPL(_ macro: String?) -> Bool { macro.flatMap(rules.macro)?.isGPL ?? false }

  /// How messages spell what is exported: `name()` for a function.
  func spoken(_ export: Export, in change: SurfaceChange) -> String {
    if export.standsFor {
      return export.macro.contains("TRACEPOINT")
        ? "tracepoint \(export.symbol)" : "static call \(export.symbol)"
    }
    return spoken(export.symbol, in: change)
  }

  /// How messages spell a name: `name()` for a function.
  func spoken(_ name: String, in change: SurfaceChange) -> String {
    let known = (change.entitiesAfter[name] ?? []) + (change.entitiesBefore[name] ?? [])
    if let entity = known.first { return entity.item.spoken }
    return tree.definitions(of: name).isEmpty ? name : name + "()"
  }
}

extension UserSearch {
  /// Lines of `file` that surely use one of `names`, sorted.
  func sureUses(of names: [String], in file: String) -> [Int] {
    guard let text = tree.text(of: file) else { return [] }
    switch SourceKind(path: file) {
    case .c, .header:
      return names.flatMap { NameReader.sureUses(of: $0, in: text) }.sorted()
    default:
      // No local names there.
      return names.flatMap { tree.uses(of: $0).filter { $0.file == file }.map(\.line) }.sorted()
    }
  }
}

extension TreeKnowledge {
  /// Source files that define `name` for others.
  func homes(of name: String) -> [String] {
    definitions(of: name).filter { !$0.isStatic && SourceKind(path: $0.file) != .header }
      .map(\.file)
  }
}
