internal import Findings

/// EXPORT_ADDED: a symbol becomes part of what the kernel offers to modules.
struct AddedExports: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.exportKeys.compactMap { key in
      guard change.exportsBefore[key] == nil, let places = change.exportsAfter[key],
        let place = places.first
      else { return nil }
      return finding(place, in: change, search)
    }
  }

  private func finding(
    _ place: Located<Export>, in change: SurfaceChange, _ search: UserSearch
  ) -> Finding {
    let export = place.item
    let users = search.users(of: place, in: change)
    let licence = LicenceRemark(place, in: change, search)
    var data = export.data
    data["users"] = .integer(users.outsideFiles.count)
    if let licence { data["gplOnlyAround"] = .string(licence.neighbour.rawValue) }
    return Finding(
      type: .exportAdded, file: place.path, line: export.line,
      message: "\(search.spoken(export, in: change)) becomes an export\(terms(export)); "
        + "\(UserSentence.clause(users, home: place.path)).\(licence.map { " " + $0.message } ?? "")",
      remedy: remedy(users, licence),
      fingerprint: Fingerprint(.exportAdded, [export.symbol]), related: users.related(),
      data: data)
  }

  private func terms(_ export: Export) -> String {
    if !export.modules.isEmpty {
      return " for the modules \(Users.spoken(export.modules, "module")) alone"
    }
    let namespace = export.namespace.map { " in the namespace \($0)" } ?? ""
    return export.isGPL ? namespace : " to modules of any licence" + namespace
  }

  private func remedy(_ users: Users, _ licence: LicenceRemark?) -> String {
    if users.isComplete, users.outside.isEmpty || users.areNotModular {
      return "Leave the export out until a module needs it."
    }
    return licence?.remedy
      ?? "Say in the commit message which module needs it and why it cannot do without."
  }
}
