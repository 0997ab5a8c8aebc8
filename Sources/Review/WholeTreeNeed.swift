import CSyntax
import GitKit

/// What a series changes of the surface that the whole tree may use.
///
/// Whether an export has users, and whether callers fit, nobody can say from a few folders.
struct WholeTreeNeed {
  /// Symbols whose exports come, go or change, or whose exported function changes its type; sorted.
  let symbols: [String]

  init(_ histories: [FileHistory], in series: Series) {
    var symbols: Set<String> = []
    for history in histories {
      var last: [String: Set<String>]?
      for (index, version) in history.versions.enumerated() {
        if index > 0, history.changes[index - 1] == nil, last != nil { continue }
        let tree = index == 0 ? series.base : series.revisions[index - 1].tree
        let bytes = version.flatMap { try? tree?.read($0.path) } ?? []
        let now = Self.surface(of: bytes)
        if let last {
          for name in Set(last.keys).union(now.keys) where last[name] != now[name] {
            symbols.insert(name)
          }
        }
        last = now
      }
    }
    self.symbols = symbols.sorted()
  }

  /// For each exported symbol how it is exported, and the types of its definitions.
  private static func surface(of bytes: [UInt8]) -> [String: Set<String>] {
    // Most files export nothing, and reading them as C takes longer than this look.
    guard String(decoding: bytes, as: UTF8.self).contains("EXPORT_") else { return [:] }
    let outline = Outline(SourceFile.text(of: bytes))
    var surface: [String: Set<String>] = [:]
    for export in outline.exports {
      guard let name = export.arguments.first else { continue }
      surface[name, default: []].insert("\(export.name) \(export.arguments)")
    }
    for function in outline.functions where surface[function.name] != nil {
      let parameters = outline.source.text(function.parameters)
      surface[function.name, default: []].insert("\(function.returnType) (\(parameters))")
    }
    return surface
  }
}
