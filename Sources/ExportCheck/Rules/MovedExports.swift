internal import Findings

/// EXPORT_MOVED: another file exports the symbol now.
struct MovedExports: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.exportKeys.compactMap { key in
      guard let before = change.exportsBefore[key], let after = change.exportsAfter[key]
      else { return nil }
      let oldFiles = Set(before.map(\.file))
      let newFiles = Set(after.map(\.file))
      guard let old = before.first(where: { !newFiles.contains($0.file) }),
        let new = after.first(where: { !oldFiles.contains($0.file) })
      else { return nil }
      return finding(from: old, to: new, in: change, search)
    }
  }

  private func finding(
    from old: Located<Export>, to new: Located<Export>, in change: SurfaceChange,
    _ search: UserSearch
  ) -> Finding {
    var data = new.item.data
    data["from"] = .string(old.path)
    let roles = (search.tree.role(of: old.path), search.tree.role(of: new.path))
    var text = "\(search.spoken(new.item, in: change)) is exported from here and no longer from "
    text += old.path
    if case (.module(let from), .module(let to)) = roles, from != to {
      text += ": the symbol moves from \(from).ko to \(to).ko, and its users depend on that now"
    }
    return Finding(
      type: .exportMoved, file: new.path, line: new.item.line, message: text + ".",
      fingerprint: Fingerprint(.exportMoved, [new.item.symbol]),
      related: [
        Finding.Related(file: old.path, line: old.item.line, message: "was exported here")
      ], data: data)
  }
}
