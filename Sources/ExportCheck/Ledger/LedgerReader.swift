internal import BuiltinRules
internal import Findings

/// Reads the exports of some files and asks who uses them.
struct LedgerReader {
  let tree: (any TreeKnowledge)?
  let rules: ExportRules
  let bytesOf: @Sendable (String) -> [UInt8]?

  func read(_ paths: [String]) -> Ledger {
    let namespaces = DefaultNamespaces { path in
      bytesOf(path).map { String(decoding: $0, as: UTF8.self) }
    }
    var entries: [LedgerEntry] = []
    var notes: [LedgerNote] = []
    for path in paths {
      guard let bytes = bytesOf(path), ExportGlance.mayExport(bytes) else { continue }
      let surface = Surface(
        path: path, text: String(decoding: bytes, as: UTF8.self), rules: rules,
        defaultNamespace: namespaces.namespace(for: path))
      notes += surface.faults.map { LedgerNote(file: path, line: $0.line, message: $0.message) }
      for export in surface.exports {
        var entry = LedgerEntry(export, file: path)
        if let tree { complete(&entry, export, of: surface, tree) }
        entries.append(entry)
      }
    }
    return Ledger(entries, notes: notes)
  }

  private func complete(
    _ entry: inout LedgerEntry, _ export: Export, of surface: Surface, _ tree: any TreeKnowledge
  ) {
    entry.declarations = tree.declarations(of: export.symbol)?
      .filter { SourceKind(path: $0.file) == .header && !TreePart.isOutsideKernel($0.file) }
      .map { LedgerEntry.Declaration(file: $0.file, line: $0.line) }
    let search = UserSearch(tree: tree, rules: rules)
    let users = search.users(
      of: export.userNames, definedIn: search.homes(of: export, by: surface))
    var use = LedgerEntry.Use()
    use.modules = users.modules
    var seen: Set<String> = []
    for site in users.outside where seen.insert(site.use.file).inserted {
      switch site.distance {
      case .ownModule: use.ownModule += 1
      case .builtIn: use.builtIn += 1
      case .header: use.headers += 1
      case .unknown: use.unknown += 1
      case .ownFile, .module: break
      }
    }
    // Macros make the name, so that nothing was found says nothing.
    entry.users = use.isEmpty && (export.standsFor || export.isMade) ? nil : use
  }
}
