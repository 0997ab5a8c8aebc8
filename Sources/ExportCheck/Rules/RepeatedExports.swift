internal import Findings

/// EXPORT_DUPLICATE across files: the series exports a symbol that another file exports already.
///
/// Two files may offer alternatives of which one is built, so this is told with low confidence,
/// and not at all for architectures.
struct RepeatedExports: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.exportKeys.compactMap { key in
      guard let places = change.exportsAfter[key],
        let new = places.first(where: { isNew($0, change) }),
        !new.path.hasPrefix("arch/"), new.item.condition.isEmpty,
        let other = search.otherExporters(of: new.item).first(where: {
          $0.file != new.path && !$0.file.hasPrefix("arch/")
        })
      else { return nil }
      return Finding(
        type: .exportDuplicate, confidence: .low, file: new.path, line: new.item.line,
        message: "\(search.spoken(new.item, in: change)) is exported in \(other.file) too; if both "
          + "are built, modpost rejects that.",
        remedy: "Keep one of the two.",
        fingerprint: Fingerprint(.exportDuplicate, [key, "files"]),
        related: [
          Finding.Related(file: other.file, line: other.line, message: "exported here as well")
        ], data: new.item.data)
    }
  }

  private func isNew(_ place: Located<Export>, _ change: SurfaceChange) -> Bool {
    !(change.exportsBefore[place.item.key] ?? []).contains { $0.file == place.file }
  }
}
