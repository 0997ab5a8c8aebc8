internal import CSyntax
internal import Findings

/// Which modules import a namespace.
struct ModuleImports {
  private let tree: any TreeKnowledge

  init(_ tree: any TreeKnowledge) { self.tree = tree }

  /// Users in other modules of which no known file imports `namespace`, one place a file.
  ///
  /// An import stands once in a module, in any of its files; of a module with several files only
  /// those that are known are looked at, so such a module is named only when all uses of
  /// `MODULE_IMPORT_NS` in the tree are known.
  func missing(_ namespace: String, _ users: Users) -> [Finding.Related] {
    var result: [Finding.Related] = []
    var importers: Set<String>?
    for file in users.outsideFiles where SourceKind(path: file) == .c {
      guard let site = users.outside.first(where: { $0.use.file == file }),
        case .module(let module) = site.distance, let text = tree.text(of: file),
        !imports(namespace, text)
      else { continue }
      let known = importers ?? modules(importing: namespace)
      importers = known
      if known.contains(module) { continue }
      result.append(
        Finding.Related(
          file: file, line: site.use.line, function: site.use.function,
          message: "used here by \(module).ko, which does not import \(namespace)"))
    }
    return result
  }

  private func modules(importing namespace: String) -> Set<String> {
    var result: Set<String> = []
    var seen: Set<String> = []
    for use in tree.uses(of: "MODULE_IMPORT_NS") where seen.insert(use.file).inserted {
      guard case .module(let module) = tree.role(of: use.file), let text = tree.text(of: use.file),
        imports(namespace, text)
      else { continue }
      result.insert(module)
    }
    return result
  }

  private func imports(_ namespace: String, _ text: String) -> Bool {
    text.contains("MODULE_IMPORT_NS") && text.contains(namespace)
      && Outline(text).namespaceImports.contains {
        $0.arguments.first.flatMap(ExportReader.word) == namespace
      }
  }
}
