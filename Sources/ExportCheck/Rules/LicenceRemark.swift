internal import Findings

/// The remark that reviewers make most often: an export to any licence among GPL-only ones.
struct LicenceRemark {
  /// What is GPL only around it.
  enum Neighbour: String {
    case file, folder, callee
  }

  let neighbour: Neighbour
  let message: String
  var remedy: String { "Use EXPORT_SYMBOL_GPL, or say why modules of any licence may have it." }

  /// Nil when the export is GPL only or nothing around it is.
  init?(_ place: Located<Export>, in change: SurfaceChange, _ search: UserSearch) {
    let export = place.item
    guard !export.isGPL, export.modules.isEmpty, let surface = change.after[place.file] else {
      return nil
    }
    let others = surface.exports.filter { $0.symbol != export.symbol }
    if !others.isEmpty, others.allSatisfy(\.isGPL) {
      neighbour = .file
      message = "Every other export of this file is GPL only."
      return
    }
    if others.isEmpty, Self.isFolderGPL(around: place.path, search) {
      neighbour = .folder
      message = "Every export of the other files of \(TreePart.folder(place.path))/ is GPL only."
      return
    }
    if let callee = Self.onlyCallee(export, surface),
      let places = search.tree.exports(of: callee), !places.isEmpty,
      places.allSatisfy({ search.isGPL($0.macro) })
    {
      neighbour = .callee
      message = "It hands out \(callee)(), which is exported GPL only."
      return
    }
    return nil
  }

  /// True when other source files right beside `path` export several symbols, all GPL only.
  private static func isFolderGPL(around path: String, _ search: UserSearch) -> Bool {
    var count = 0
    let files = search.tree.files(in: TreePart.folder(path)).filter {
      $0 != path && SourceKind(path: $0) == .c
    }
    for file in files {
      guard let text = search.tree.text(of: file), ExportGlance.mayExport(Array(text.utf8)) else {
        continue
      }
      let exports = Surface(path: file, text: text, rules: search.rules).exports
      guard exports.allSatisfy(\.isGPL) else { return false }
      count += exports.count
    }
    return count > 1
  }

  /// The function that a thin wrapper calls: the only call in a body of a few tokens.
  private static func onlyCallee(_ export: Export, _ surface: Surface) -> String? {
    guard let outline = surface.outline,
      let function = outline.functions.first(where: { $0.name == export.symbol }),
      function.body.count < 40
    else { return nil }
    var callees: [String] = []
    for index in function.body.dropLast() {
      let source = outline.source
      guard source.tokens[index].kind == .identifier,
        source.tokens[index + 1].kind == .leftParenthesis
      else { continue }
      let previous = source.tokens[index - 1].kind
      if previous != .dot, previous != .arrow { callees.append(source.text(index)) }
    }
    return callees.count == 1 ? callees[0] : nil
  }
}
