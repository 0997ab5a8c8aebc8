internal import BuiltinRules
internal import CSyntax
internal import Findings

/// Asks the tree who uses a symbol, and sorts the answers by how they are built.
struct UserSearch {
  let tree: any TreeKnowledge
  let rules: ExportRules

  var isWholeTree: Bool { tree.isWholeTree }

  /// Users of what `names` reach.
  ///
  /// - Parameters:
  ///   - names: the names of one symbol, such as a tracepoint's `trace_x` and `register_trace_x`.
  ///   - homes: the files that define it, which do not count as outside.
  func users(of names: [String], definedIn homes: [String]) -> Users {
    let homeModule = homes.lazy.compactMap { home -> String? in
      if case .module(let name) = tree.role(of: home) { name } else { nil }
    }.first
    var sites: [Users.Site] = []
    var distances: [String: Users.Distance] = [:]
    for name in names {
      let foreign = filesWithOwn(name, homes)
      let exports = tree.exports(of: name)
      for use in tree.uses(of: name)
      where !TreePart.isOutsideKernel(use.file) && !foreign.contains(use.file) {
        if use.function == nil, isExport(use, of: name, exports) { continue }
        let distance =
          distances[use.file] ?? self.distance(of: use.file, from: homes, homeModule)
        distances[use.file] = distance
        sites.append(Users.Site(use: use, distance: distance))
      }
    }
    sites.sort { ($0.use.file, $0.use.line) < ($1.use.file, $1.use.line) }
    return Users(
      homeModule: homeModule, sites: sites, reach: tree.isWholeTree ? .wholeTree : .folders)
  }

  /// Files in which `name` is their own static function, whatever the configuration.
  private func filesWithOwn(_ name: String, _ homes: [String]) -> Set<String> {
    Set(
      tree.definitions(of: name)
        .filter {
          $0.isStatic && !homes.contains($0.file) && SourceKind(path: $0.file) == .c
            && !isStub(name, in: $0.file)
        }.map(\.file))
  }

  /// True when the static `name` of `file` stands under an `#if`, so that the other branch uses the
  /// global one.
  private func isStub(_ name: String, in file: String) -> Bool {
    guard let text = tree.text(of: file) else { return false }
    return Outline(text).functions.contains { $0.name == name && $0.condition >= 0 }
  }

  private func distance(of file: String, from homes: [String], _ homeModule: String?)
    -> Users.Distance
  {
    if homes.contains(file) { return .ownFile }
    if SourceKind(path: file) == .header { return .header }
    switch tree.role(of: file) {
    case .builtIn: return .builtIn
    case .module(let name): return name == homeModule ? .ownModule : .module(name)
    case .unknown: return .unknown
    }
  }

  /// True when the use is the argument of an export macro.
  ///
  /// - Parameter exports: all exports of `name`, where they are known.
  private func isExport(_ use: SymbolUse, of name: String, _ exports: [SymbolPlace]?) -> Bool {
    if let exports {
      return exports.contains { $0.file == use.file && $0.line == use.line }
    }
    guard let text = tree.text(of: use.file), let line = Self.line(use.line, of: text) else {
      return false
    }
    let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    guard let position = words.firstIndex(of: name) else { return false }
    return words[..<position].contains { rules.macro($0) != nil }
  }

  /// Lines of the kernel that export something by the name `symbol`, sorted; O(uses).
  func exportLines(of symbol: String) -> [SymbolPlace] {
    let known =
      tree.exports(of: symbol)
      ?? tree.uses(of: symbol).filter { $0.function == nil && isExport($0, of: symbol, nil) }
      .map { SymbolPlace(file: $0.file, line: $0.line) }
    return known.filter { !TreePart.isOutsideKernel($0.file) }
  }

  /// Those that export the same as `export`, on whatever terms.
  func otherExporters(of export: Export) -> [SymbolPlace] {
    exportLines(of: export.symbol).filter { place in
      guard let text = tree.text(of: place.file) else { return false }
      return Surface(path: place.file, text: text, rules: rules).exports.contains {
        $0.line == place.line && $0.key == export.key
      }
    }
  }

  /// Line `number` of `text`, from 1.
  static func line(_ number: Int, of text: String) -> Substring? {
    var current = 1
    let bytes = text.utf8
    var start = bytes.startIndex
    while current < number {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      start = bytes.index(after: end)
      current += 1
    }
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
    return text[start..<end]
  }
}
