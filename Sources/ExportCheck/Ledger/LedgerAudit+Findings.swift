public import Findings

extension LedgerAudit {
  /// The differences as findings about lines of the list.
  ///
  /// - Parameters:
  ///   - list: the list's path, as the user gave it.
  ///   - missing: how bad it is that the tree lacks a symbol: a build's generated files export some
  ///     that no source does, but what must stay must be there.
  public func findings(in list: String, missing: Severity) -> [Finding] {
    differences.map { difference in
      let type: FindingType =
        switch difference.kind {
        case .missing: .exportRemoved
        case .license: .exportLicense
        case .namespace: .exportNamespace
        }
      return Finding(
        type: type, severity: difference.kind == .missing ? missing : .warning, file: list,
        line: difference.line,
        message: difference.message + ".",
        fingerprint: Fingerprint(type, [difference.symbol, "list"]),
        data: ["symbol": .string(difference.symbol), "list": .string(list)])
    }
  }
}
