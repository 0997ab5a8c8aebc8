public import Findings

extension SymbolList {
  /// Findings that touch a symbol of the list, as errors that say so; the others as they are.
  public func raising(_ findings: [Finding]) -> [Finding] {
    let breaking: Set<FindingType> = [
      .exportRemoved, .exportSignature, .exportNamespace, .exportLicense,
    ]
    return findings.map { finding in
      guard breaking.contains(finding.type), let symbol = finding.symbol, lines[symbol] != nil
      else { return finding }
      var result = finding
      result.severity = .error
      result.message += " It is on the list of symbols that must stay."
      result.data["kmi"] = .bool(true)
      return result
    }
  }
}
