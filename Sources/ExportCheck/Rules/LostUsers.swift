internal import CSyntax
internal import Findings

/// EXPORT_NO_USER for an export that was there before and whose last user the series takes away.
///
/// Only where the tree knows all its exports.
struct LostUsers: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    guard search.isWholeTree else { return [] }
    var result: [Finding] = []
    for name in droppedNames(change) {
      guard let places = search.tree.exports(of: name), let export = places.first,
        places.allSatisfy({ !TreePart.isOutsideKernel($0.file) }),
        // One that the series adds or touches is told by UnusedExports or stays as it was.
        change.exportsBefore[name] != nil || change.exportsAfter[name] == nil
      else { continue }
      let homes = search.homes(of: name, in: change) + places.map(\.file)
      let users = search.users(of: [name], definedIn: homes)
      guard users.outside.isEmpty else { continue }
      result.append(finding(name, export, search.spoken(name, in: change)))
    }
    return result
  }

  private func finding(_ name: String, _ export: SymbolPlace, _ spoken: String) -> Finding {
    Finding(
      // Somebody may be about to use it; the series did not make the export.
      type: .exportNoUser, confidence: .low, file: export.file, line: export.line,
      message: "The last user of the exported \(spoken) goes away.",
      remedy: "Consider to drop the export in the same series.",
      fingerprint: Fingerprint(.exportNoUser, [name, "last user"]),
      data: [
        "symbol": .string(name), "macro": .string(export.macro ?? ""), "reason": "last user gone",
      ])
  }

  /// Names that some changed file used outside of declarations before and no longer does, sorted.
  private func droppedNames(_ change: SurfaceChange) -> [String] {
    var dropped: Set<String> = []
    for (before, after) in zip(change.before, change.after) {
      guard let before else { continue }
      dropped.formUnion(Self.used(before).subtracting(after.map(Self.used) ?? []))
    }
    return dropped.filter { change.definition(of: $0) == nil }.sorted()
  }

  private static func used(_ surface: Surface) -> Set<String> {
    guard let outline = surface.outline else { return [] }
    var result: Set<String> = []
    for range in outline.functions.map(\.body) + outline.variables.map(\.tokens)
      + outline.macros.map(\.body)
    {
      for index in range where outline.source.tokens[index].kind == .identifier {
        result.insert(outline.source.text(index))
      }
    }
    return result
  }
}
