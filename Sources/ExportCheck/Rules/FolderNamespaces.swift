internal import Findings

/// EXPORT_NAMESPACE for the untouched files of a folder whose Makefile gives them another namespace.
struct FolderNamespaces: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.namespaceMakefiles.compactMap { makefile in
      guard let path = makefile.after?.path ?? makefile.before?.path else { return nil }
      return finding(makefile, path, in: change, search)
    }
  }

  private func finding(
    _ makefile: FileChange, _ path: String, in change: SurfaceChange, _ search: UserSearch
  ) -> Finding? {
    let touched = Set(change.after.compactMap { $0?.path })
    let files = search.tree.files(in: TreePart.folder(path)).filter {
      SourceKind(path: $0) == .c && !touched.contains($0)
    }
    func namespaces(_ side: FileVersion?) -> DefaultNamespaces {
      DefaultNamespaces { $0 == path ? side?.text : search.tree.text(of: $0) }
    }
    let (before, after) = (namespaces(makefile.before), namespaces(makefile.after))
    var symbols: [String] = []
    var spaces: (old: String?, new: String?)?
    for file in files {
      let (old, new) = (before.namespace(for: file), after.namespace(for: file))
      guard old != new, let text = search.tree.text(of: file),
        ExportGlance.mayExport(Array(text.utf8))
      else { continue }
      func exports(_ namespace: String?) -> [Export] {
        Surface(path: file, text: text, rules: search.rules, defaultNamespace: namespace).exports
      }
      let moved = zip(exports(old), exports(new)).filter { $0.namespace != $1.namespace }
      if moved.isEmpty { continue }
      spaces = spaces ?? (old, new)
      symbols += moved.map(\.1.symbol)
    }
    guard let spaces else { return nil }
    return finding(makefile, path, symbols.sorted(), spaces)
  }

  private func finding(
    _ makefile: FileChange, _ path: String, _ symbols: [String],
    _ spaces: (old: String?, new: String?)
  ) -> Finding {
    let from = spaces.old.map { "from the namespace \($0)" } ?? ""
    let to = spaces.new.map { "into the namespace \($0)" } ?? "out of namespaces"
    let many = symbols.count == 1 ? "The export of" : "The exports of"
    let how = [from, to].filter { !$0.isEmpty }.joined(separator: " ")
    var data: [String: DataValue] = ["symbols": .array(symbols.map(DataValue.string))]
    if symbols.count == 1 { data["symbol"] = .string(symbols[0]) }
    if let namespace = spaces.new { data["namespace"] = .string(namespace) }
    if let namespace = spaces.old { data["from"] = .string(namespace) }
    return Finding(
      type: .exportNamespace, file: path,
      line: DefaultNamespaces.line(in: (makefile.after ?? makefile.before)?.text ?? ""),
      message: "\(many) \(Users.spoken(symbols, "symbol")) go\(symbols.count == 1 ? "es" : "") "
        + "\(how) by this Makefile.",
      remedy: spaces.new.map { "Add MODULE_IMPORT_NS for \($0) to each module that uses them." }
        ?? "",
      side: makefile.after == nil ? .old : .new,
      fingerprint: Fingerprint(.exportNamespace, [path, spaces.old ?? "", spaces.new ?? ""]),
      data: data)
  }
}
