internal import Findings

/// EXPORT_NO_USER: the series exports what no module uses.
struct UnusedExports: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    // "Nobody" can only be said of the whole tree.
    guard search.isWholeTree else { return [] }
    return change.exportKeys.compactMap { key in
      guard change.exportsBefore[key] == nil, let place = change.exportsAfter[key]?.first
      else { return nil }
      let users = search.users(of: place, in: change)
      guard users.isComplete else { return nil }
      return Self.finding(place, users, search.spoken(place.item, in: change))
    }
  }

  /// Nil when a module may use it.
  static func finding(_ place: Located<Export>, _ users: Users, _ spoken: String) -> Finding? {
    let export = place.item
    let reason: String
    let why: String
    if users.outside.isEmpty {
      reason = "nothing"
      why = "\(spoken) is exported, but nothing in the tree uses it outside \(place.path)."
    } else if users.areInOwnModule {
      reason = "own module"
      why =
        "\(spoken) is exported, but its only users are in the same module "
        + "(\(users.homeModule ?? "").ko): \(users.spokenFiles())."
    } else if users.areNotModular {
      reason = "built in"
      why = "\(spoken) is exported, but only built-in code uses it: \(users.spokenFiles())."
    } else {
      return nil
    }
    var data = export.data
    data["users"] = .integer(users.outsideFiles.count)
    data["reason"] = .string(reason)
    return Finding(
      type: .exportNoUser, file: place.path, line: export.line, message: why,
      remedy: users.outside.isEmpty
        ? "Drop the export, or send it with the module that needs it."
        : "Drop the export: without it these files see the symbol just as well.",
      fingerprint: Fingerprint(.exportNoUser, [export.symbol]), related: users.related(),
      data: data)
  }
}
