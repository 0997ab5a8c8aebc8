internal import Findings

/// EXPORT_DUPLICATE, EXPORT_OF_STATIC, EXPORT_OF_INLINE and EXPORT_OF_INIT: exports that modpost
/// or the linker will complain about, told from the file alone.
struct FaultyExports: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.after.compactMap(\.self).filter { !TreePart.isOutsideKernel($0.path) }.flatMap {
      surface in
      duplicates(surface, change, search)
        + surface.exports.compactMap { fault($0, surface) }
    }
  }

  private func duplicates(_ surface: Surface, _ change: SurfaceChange, _ search: UserSearch)
    -> [Finding]
  {
    var first: [String: [Export]] = [:]
    var result: [Finding] = []
    for export in surface.exports {
      if let earlier = first[export.key]?.first(where: { Self.together($0, export) }) {
        result.append(
          Finding(
            type: .exportDuplicate, file: surface.path, line: export.line,
            message: "\(search.spoken(export, in: change)) is exported twice; line \(earlier.line) "
              + "does it already (\(earlier.macro)).",
            remedy: "Remove one of the two.",
            fingerprint: Fingerprint(.exportDuplicate, [export.key]),
            related: [
              Finding.Related(file: surface.path, line: earlier.line, message: "exported here")
            ], data: export.data))
      }
      first[export.key, default: []].append(export)
    }
    return result
  }

  /// True when one of the two is compiled whenever the other is.
  private static func together(_ left: Export, _ right: Export) -> Bool {
    left.condition.starts(with: right.condition) || right.condition.starts(with: left.condition)
  }

  private func fault(_ export: Export, _ surface: Surface) -> Finding? {
    guard !export.standsFor, !export.defines else { return nil }
    let definitions = surface.entities(named: export.symbol).filter(\.isDefinition)
    guard let definition = definitions.first else { return nil }
    let name = definition.spoken
    if definitions.allSatisfy({ $0.linkage == .file }) {
      return finding(
        .exportOfStatic, export, surface, definition,
        "\(name) is exported, but it is static: modules get a symbol that no header can declare.",
        "Drop `static` or the export.")
    }
    if definitions.allSatisfy({ $0.linkage == .inline }) {
      return finding(
        .exportOfInline, export, surface, definition,
        "\(name) is exported, but it is inline: every user has its own copy.",
        "Drop the export, or move the function out of line.")
    }
    if let mark = Self.discarded(definition), definitions.allSatisfy({ Self.discarded($0) != nil })
    {
      return finding(
        .exportOfInit, export, surface, definition,
        "\(name) is exported, but it is \(mark): its memory is freed after boot, and a module "
          + "that uses it later crashes.",
        "Drop \(mark) or the export.")
    }
    return nil
  }

  /// The mark that puts an entity into memory that is freed, or nil.
  private static func discarded(_ entity: Entity) -> String? {
    entity.attributes.first { discardedSections.contains($0) }
  }

  private static let discardedSections: Set<String> = [
    "__init", "__initdata", "__initconst", "__exit", "__exitdata",
  ]

  private func finding(
    _ type: FindingType, _ export: Export, _ surface: Surface, _ definition: Entity,
    _ message: String, _ remedy: String
  ) -> Finding {
    Finding(
      type: type, file: surface.path, line: export.line, message: message, remedy: remedy,
      fingerprint: Fingerprint(type, [export.symbol]),
      related: [
        Finding.Related(
          file: surface.path, line: definition.line,
          function: definition.kind == .function ? definition.name : nil, message: "defined here")
      ], data: export.data)
  }
}
