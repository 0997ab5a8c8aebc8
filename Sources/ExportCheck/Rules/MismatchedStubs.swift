internal import Findings

/// STUB_MISMATCH: the stub for the other configuration takes or returns something else than the
/// prototype that it stands in for.
struct MismatchedStubs: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    change.after.compactMap(\.self).filter { $0.isHeader && !TreePart.isOutsideKernel($0.path) }
      .flatMap { findings(in: $0) }
  }

  private func findings(in surface: Surface) -> [Finding] {
    var result: [Finding] = []
    var told: Set<String> = []
    for stub in surface.entities where stub.isDefinition && stub.linkage == .inline {
      guard let mine = stub.signature else { continue }
      for real in surface.entities(named: stub.name)
      where isOther(real, than: stub.condition) && !told.contains(stub.name) {
        guard let theirs = real.signature, let reason = mine.contradiction(to: theirs) else {
          continue
        }
        told.insert(stub.name)
        result.append(finding(stub.name, stub.line, real, surface, reason))
      }
    }
    for macro in surface.macros where !told.contains(macro.name) {
      for real in surface.entities(named: macro.name) where isOther(real, than: macro.condition) {
        guard let count = macro.parameterCount, let theirs = real.signature, !theirs.isOpen,
          !theirs.isVariadic, count != theirs.parameters.count, !told.contains(macro.name)
        else { continue }
        told.insert(macro.name)
        result.append(
          finding(
            macro.name, macro.line, real, surface,
            "\(count) argument\(count == 1 ? "" : "s") here and \(theirs.parameters.count) there"))
      }
    }
    return result
  }

  /// True for a prototype under another condition.
  private func isOther(_ entity: Entity, than condition: [String]) -> Bool {
    !entity.isDefinition && entity.kind == .function && entity.linkage == .external
      && entity.condition != condition
      && !entity.condition.starts(with: condition) && !condition.starts(with: entity.condition)
  }

  private func finding(
    _ name: String, _ line: Int, _ real: Entity, _ surface: Surface, _ reason: String
  ) -> Finding {
    Finding(
      type: .stubMismatch, severity: .info, file: surface.path, line: line, function: name,
      message: "The stub of \(name)() differs from the prototype in line \(real.line): \(reason).",
      remedy: "Give the stub the same parameters and return type.",
      fingerprint: Fingerprint(.stubMismatch, [name]),
      related: [
        Finding.Related(file: surface.path, line: real.line, function: name, message: "prototype")
      ], data: ["symbol": .string(name)])
  }
}
