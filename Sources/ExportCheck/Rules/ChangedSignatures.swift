internal import Findings

/// EXPORT_SIGNATURE: a function that other files call takes or returns something else.
///
/// With callers left behind it is an error that a later commit may repair, so those are told by
/// the look at the series' base; changes of exported functions without such callers by the look
/// at the commit.
struct ChangedSignatures: SurfaceRule {
  /// Which of the changes to tell.
  enum Part: Sendable {
    case withoutCallers
    case withCallers
  }
  var part: Part

  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.entityNames.compactMap { name in
      guard let old = change.oldDefinition(of: name), let new = change.definition(of: name),
        let before = old.item.signature, let after = new.item.signature,
        before.text != after.text, !isVariant(name, old, new, in: change)
      else { return nil }
      let isExported = change.exportsAfter[name] != nil && change.exportsBefore[name] != nil
      let callers =
        change.after.contains { $0?.macros.contains { $0.name == name } ?? false }
        ? [] : StaleCallers.find(name, from: before, to: after, new, in: change, search)
      switch part {
      case .withoutCallers:
        return isExported && callers.isEmpty ? harmless(name, before, after, new, change) : nil
      case .withCallers:
        return callers.isEmpty
          ? nil : breaking(name, before, after, new, callers, isExported, change)
      }
    }
  }

  /// True when another definition of the name, under another `#if`, kept its signature.
  private func isVariant(
    _ name: String, _ old: Located<Entity>, _ new: Located<Entity>, in change: SurfaceChange
  ) -> Bool {
    let after = (change.entitiesAfter[name] ?? []).filter(\.item.isDefinition)
    return after.contains { $0.item.signature?.text == old.item.signature?.text }
      && after.count > 1
  }

  private func harmless(
    _ name: String, _ before: Signature, _ after: Signature, _ new: Located<Entity>,
    _ change: SurfaceChange
  ) -> Finding {
    Finding(
      type: .exportSignature, severity: .info, file: new.path, line: new.item.line,
      function: name,
      message: "The exported \(name)() changes from ‘\(before.text)’ to ‘\(after.text)’: modules "
        + "built against the old one no longer load.",
      fingerprint: Fingerprint(.exportSignature, [name, after.text]),
      data: data(name, before, after, change))
  }

  private func breaking(
    _ name: String, _ before: Signature, _ after: Signature, _ new: Located<Entity>,
    _ callers: [Finding.Related], _ isExported: Bool, _ change: SurfaceChange
  ) -> Finding {
    let old = before.parameters.count
    let files = Users.spoken(Array(Set(callers.map(\.file))).sorted(), "file")
    return Finding(
      type: .exportSignature, file: new.path, line: new.item.line, function: name,
      message: "\(isExported ? "The exported " : "")\(name)() takes \(after.parameters.count) "
        + "argument\(after.parameters.count == 1 ? "" : "s") now, but "
        + "\(callers.count == 1 ? "a caller" : "\(callers.count) callers") in \(files) still "
        + "pass\(callers.count == 1 ? "es" : "") \(old).",
      remedy: "Change the callers in the same patch: the kernel must build after each.",
      fingerprint: Fingerprint(.exportSignature, [name, after.text, "callers left"]),
      related: Array(callers.prefix(5)),
      data: data(name, before, after, change)
        .merging(["callersLeft": .integer(callers.count)]) { $1 })
  }

  private func data(
    _ name: String, _ before: Signature, _ after: Signature, _ change: SurfaceChange
  ) -> [String: DataValue] {
    [
      "symbol": .string(name), "from": .string(before.text), "to": .string(after.text),
      "exported": .bool(change.exportsAfter[name] != nil),
    ]
  }
}
