internal import Findings

/// EXPORT_NAMESPACE: an export changes its namespace or the list of modules that may use it.
struct RenamespacedExports: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    ExportPairs(change).pairs.compactMap { pair in
      let (old, new) = (pair.before.item, pair.after.item)
      if old.namespace != new.namespace { return namespaceChange(pair, in: change, search) }
      if old.modules != new.modules { return moduleChange(pair, in: change, search) }
      return nil
    }
  }

  private func namespaceChange(
    _ pair: ExportPairs.Pair, in change: SurfaceChange, _ search: UserSearch
  ) -> Finding {
    let (old, new) = (pair.before.item, pair.after.item)
    let name = search.spoken(new, in: change)
    var message: String
    switch (old.namespace, new.namespace) {
    case (nil, let to?): message = "\(name) goes into the namespace \(to)"
    case (let from?, let to?): message = "\(name) goes from the namespace \(from) into \(to)"
    default: message = "\(name) leaves the namespace \(old.namespace ?? "")"
    }
    var remedy = ""
    var related: [Finding.Related] = []
    if let namespace = new.namespace {
      let users = search.users(of: pair.after, in: change)
      related = ModuleImports(search.tree).missing(namespace, users)
      let files = related.map(\.file)
      if !files.isEmpty {
        message +=
          ", but \(Users.spoken(files, "file")) use\(files.count == 1 ? "s" : "") it without "
          + "importing that"
        remedy = "Add MODULE_IMPORT_NS for \(namespace) to each module that uses it."
      } else if !users.isComplete {
        message += "; modules outside the folders of the changed files were not looked at"
      }
    }
    return finding(pair, message + ".", remedy, related)
  }

  private func moduleChange(
    _ pair: ExportPairs.Pair, in change: SurfaceChange, _ search: UserSearch
  ) -> Finding {
    let (old, new) = (pair.before.item, pair.after.item)
    let name = search.spoken(new, in: change)
    func spoken(_ export: Export) -> String {
      export.modules.isEmpty ? "all modules" : Users.spoken(export.modules, "module", limit: 5)
    }
    return finding(
      pair, "\(name) is exported to \(spoken(new)) now, before to \(spoken(old)).",
      "Check that every module that uses it is on the list.", [])
  }

  private func finding(
    _ pair: ExportPairs.Pair, _ message: String, _ remedy: String, _ related: [Finding.Related]
  ) -> Finding {
    let new = pair.after.item
    var data = new.data
    if let from = pair.before.item.namespace { data["from"] = .string(from) }
    return Finding(
      type: .exportNamespace, file: pair.after.path, line: new.line, message: message,
      remedy: remedy,
      fingerprint: Fingerprint(
        .exportNamespace, [new.symbol, new.namespace ?? "", new.modules.joined(separator: ",")]),
      related: Array(related.prefix(5)), data: data)
  }
}
