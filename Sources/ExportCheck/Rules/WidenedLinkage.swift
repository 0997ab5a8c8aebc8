internal import Findings

/// LINKAGE_WIDENED: what was static in one file can be seen by all of them.
struct WidenedLinkage: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.entityNames.compactMap { name in
      guard change.oldDefinition(of: name) == nil, let new = change.definition(of: name) else {
        return nil
      }
      let old = (change.entitiesBefore[name] ?? []).filter {
        $0.item.isDefinition && $0.item.linkage == .file && $0.item.kind == new.item.kind
      }
      let remaining = (change.entitiesAfter[name] ?? []).filter {
        $0.item.isDefinition && $0.item.linkage == .file
      }
      // The static one of the same file, or one that went away elsewhere: then it moved here.
      guard
        let origin = old.first(where: { $0.file == new.file })
          ?? old.first(where: { old in !remaining.contains { $0.file == old.file } })
      else { return nil }
      return finding(name, from: origin, to: new, in: change, search)
    }
  }

  private func finding(
    _ name: String, from old: Located<Entity>, to new: Located<Entity>,
    in change: SurfaceChange, _ search: UserSearch
  ) -> Finding {
    let users = search.users(of: name, in: change, or: new.path)
    var text = "\(new.item.spoken) is no longer static"
    if old.file != new.file { text += " and moves here from \(old.path)" }
    if users.outside.isEmpty {
      text +=
        users.isComplete
        ? ", but only this file uses it"
        : "; in the folders of the changed files only this file uses it"
    } else {
      text += ": \(users.spokenFiles()) use\(users.outsideFiles.count == 1 ? "s" : "") it now"
    }
    return Finding(
      type: .linkageWidened, file: new.path, line: new.item.line,
      function: new.item.kind == .function ? name : nil, message: text + ".",
      remedy: users.outside.isEmpty && users.isComplete ? "Keep it static." : "",
      fingerprint: Fingerprint(.linkageWidened, [name]), related: users.related(),
      data: ["symbol": .string(name), "users": .integer(users.outsideFiles.count)])
  }
}
