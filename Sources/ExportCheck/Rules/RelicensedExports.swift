internal import Findings

/// EXPORT_LICENSE: an export changes between any licence and GPL only.
struct RelicensedExports: SurfaceRule {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding] {
    ExportPairs(change).pairs.compactMap { pair in
      let (old, new) = (pair.before.item, pair.after.item)
      guard old.isGPL != new.isGPL else { return nil }
      let name = search.spoken(new, in: change)
      let message =
        new.isGPL
        ? "\(name) was exported to modules of any licence and is GPL only now (\(old.macro) → "
          + "\(new.macro)): modules under other licences no longer load."
        : "\(name) was exported GPL only and is open to modules of any licence now (\(old.macro) "
          + "→ \(new.macro)). That cannot be taken back."
      var data = new.data
      data["from"] = .string(old.macro)
      return Finding(
        type: .exportLicense, file: pair.after.path, line: new.line, message: message,
        remedy: new.isGPL
          ? "Say in the commit message why the terms change, and copy those who wrote the code."
          : "Keep the _GPL variant unless all who wrote the code agree.",
        fingerprint: Fingerprint(.exportLicense, [new.symbol, new.isGPL ? "gpl" : "any"]),
        data: data)
    }
  }
}
