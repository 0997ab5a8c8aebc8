/// Compares a ledger with lists from outside.
public struct LedgerAudit: Sendable, Codable, Equatable {
  /// One difference.
  public struct Difference: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable {
      /// The list has it, the tree does not export it.
      case missing
      /// Exported for other licences.
      case license
      /// Exported into another namespace.
      case namespace
    }
    public var kind: Kind
    public var symbol: String
    /// Line of the list.
    public var line: Int
    public var message: String
  }

  /// Sorted by symbol.
  public let differences: [Difference]
  /// How many symbols of the list the tree exports as it says.
  public let agreeing: Int

  /// Against the `Module.symvers` of a build of the same tree.
  ///
  /// A build exports what its configuration wants, so symbols that only the ledger has say nothing.
  public init(_ ledger: Ledger, against symvers: ModuleSymvers) {
    let exports = Self.byLinkName(ledger)
    var found: [Difference] = []
    for entry in symvers.entries {
      guard let candidates = exports[entry.symbol] else {
        found.append(
          Difference(
            kind: .missing, symbol: entry.symbol, line: entry.line,
            message: "\(entry.symbol) of \(entry.module) is exported by no source of the tree"))
        continue
      }
      let isGPL = entry.macro.contains("GPL")
      let agrees = candidates.contains {
        $0.gpl == isGPL && ($0.namespace == entry.namespace || !$0.modules.isEmpty)
      }
      if agrees { continue }
      let first = candidates[0]
      found.append(
        Difference(
          kind: candidates.contains { $0.gpl == isGPL } ? .namespace : .license,
          symbol: entry.symbol, line: entry.line,
          message: "\(entry.symbol) was built as \(entry.macro)"
            + (entry.namespace.map { " in \($0)" } ?? "")
            + ", but \(first.file):\(first.line) says \(first.macro)"
            + (first.namespace.map { " in \($0)" } ?? "")))
    }
    self.init(found, of: symvers.entries.count)
  }

  /// Against a list of symbols that must stay.
  public init(_ ledger: Ledger, against list: SymbolList) {
    let exports = Self.byLinkName(ledger)
    let missing = list.lines.filter { exports[$0.key] == nil }.map { symbol, line in
      Difference(
        kind: .missing, symbol: symbol, line: line,
        message: "\(symbol) must stay, but no file of the tree exports it")
    }
    self.init(missing, of: list.lines.count)
  }

  private init(_ differences: [Difference], of total: Int) {
    self.differences = differences.sorted { ($0.symbol, $0.line) < ($1.symbol, $1.line) }
    agreeing = total - differences.count
  }

  private static func byLinkName(_ ledger: Ledger) -> [String: [LedgerEntry]] {
    var result: [String: [LedgerEntry]] = [:]
    for entry in ledger.entries {
      for name in entry.linkNames { result[name, default: []].append(entry) }
      if !entry.linkNames.contains(entry.symbol) {
        result[entry.symbol, default: []].append(entry)
      }
    }
    return result
  }
}
