internal import BuiltinRules
internal import Findings

/// An item of a surface and the file that has it.
struct Located<Item: Sendable>: Sendable {
  var path: String
  /// Index of the file in the change; equal on both sides of a rename.
  var file: Int
  var item: Item
}

/// The surfaces of the changed files before and after, by name.
struct SurfaceChange: Sendable {
  let before: [Surface?]
  let after: [Surface?]
  /// Exports by their keys.
  let exportsBefore: [String: [Located<Export>]]
  let exportsAfter: [String: [Located<Export>]]
  let entitiesBefore: [String: [Located<Entity>]]
  let entitiesAfter: [String: [Located<Entity>]]

  /// Changed Makefiles that set a namespace for their folder on either side.
  let namespaceMakefiles: [FileChange]

  /// Reads the surfaces of the sources in `all`.
  ///
  /// - Parameter textOf: any file of the new side, for the Makefiles.
  init(_ all: Change, rules: ExportRules, textOf: @escaping (String) -> String?) {
    let change = Change(files: all.files.filter(Self.isSource))
    namespaceMakefiles = all.files.filter(DefaultNamespaces.areSet)
    let old = Dictionary(
      all.files.compactMap { $0.before.map { ($0.path, $0.text) } }, uniquingKeysWith: { $1 })
    let oldNamespaces = DefaultNamespaces { old[$0] ?? textOf($0) }
    let namespaces = DefaultNamespaces(text: textOf)
    before = change.files.map { $0.before.map { Self.read($0, rules, oldNamespaces) } }
    after = change.files.map { $0.after.map { Self.read($0, rules, namespaces) } }
    exportsBefore = Self.index(before, \.exports, by: \.key)
    exportsAfter = Self.index(after, \.exports, by: \.key)
    entitiesBefore = Self.index(before, \.entities, by: \.name)
    entitiesAfter = Self.index(after, \.entities, by: \.name)
  }

  /// True for C, assembly and Rust.
  static func isSource(_ file: FileChange) -> Bool {
    [file.before, file.after].contains {
      $0.map { SourceKind(path: $0.path) != .other } ?? false
    }
  }

  private static func read(
    _ file: FileVersion, _ rules: ExportRules, _ namespaces: DefaultNamespaces
  ) -> Surface {
    Surface(
      path: file.path, text: file.text, rules: rules,
      defaultNamespace: namespaces.namespace(for: file.path))
  }

  private static func index<Item: Sendable>(
    _ surfaces: [Surface?], _ items: (Surface) -> [Item], by name: (Item) -> String
  ) -> [String: [Located<Item>]] {
    var result: [String: [Located<Item>]] = [:]
    for (file, surface) in surfaces.enumerated() {
      guard let surface, !TreePart.isOutsideKernel(surface.path) else { continue }
      for item in items(surface) {
        result[name(item), default: []].append(
          Located(path: surface.path, file: file, item: item))
      }
    }
    return result
  }

  /// The key of every export on either side, sorted.
  var exportKeys: [String] {
    Set(exportsBefore.keys).union(exportsAfter.keys).sorted()
  }

  /// Every name of a function or variable on either side, sorted.
  var entityNames: [String] {
    Set(entitiesBefore.keys).union(entitiesAfter.keys).sorted()
  }

  /// The definition of `name` on the new side that other files see, or nil.
  func definition(of name: String) -> Located<Entity>? {
    entitiesAfter[name]?.first { $0.item.isDefinition && $0.item.linkage == .external }
  }

  /// That of the old side.
  func oldDefinition(of name: String) -> Located<Entity>? {
    entitiesBefore[name]?.first { $0.item.isDefinition && $0.item.linkage == .external }
  }

  /// Declarations of `name` in headers of the new side.
  func headerDeclarations(of name: String) -> [Located<Entity>] {
    Self.headerDeclarations(entitiesAfter[name])
  }

  /// Those of the old side.
  func oldHeaderDeclarations(of name: String) -> [Located<Entity>] {
    Self.headerDeclarations(entitiesBefore[name])
  }

  private static func headerDeclarations(_ entities: [Located<Entity>]?) -> [Located<Entity>] {
    (entities ?? []).filter {
      !$0.item.isDefinition && $0.item.linkage == .external
        && SourceKind(path: $0.path) == .header
    }
  }
}
