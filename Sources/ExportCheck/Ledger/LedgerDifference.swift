/// What becomes of the exports between two ledgers.
public struct LedgerDifference: Sendable, Codable, Equatable {
  /// One symbol whose export is not what it was.
  public struct Change: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable {
      case added, removed, moved, changed
    }
    public var kind: Kind
    public var symbol: String
    /// Nil when it is added or removed.
    public var before: LedgerEntry?
    public var after: LedgerEntry?
  }

  /// Sorted by symbol.
  public let changes: [Change]

  /// Compares by symbol; line numbers do not count.
  public init(from old: Ledger, to new: Ledger) {
    let before = Dictionary(grouping: old.entries, by: \.symbol)
    let after = Dictionary(grouping: new.entries, by: \.symbol)
    changes = Set(before.keys).union(after.keys).sorted().compactMap { symbol in
      Self.change(symbol, before[symbol] ?? [], after[symbol] ?? [])
    }
  }

  private static func change(_ symbol: String, _ old: [LedgerEntry], _ new: [LedgerEntry])
    -> Change?
  {
    guard let before = old.first else {
      return Change(kind: .added, symbol: symbol, before: nil, after: new.first)
    }
    guard let after = new.first else {
      return Change(kind: .removed, symbol: symbol, before: before, after: nil)
    }
    if Set(old.map(\.file)) != Set(new.map(\.file)) {
      return Change(kind: .moved, symbol: symbol, before: before, after: after)
    }
    func terms(_ entries: [LedgerEntry]) -> [String] {
      entries.map { "\($0.file) \($0.gpl) \($0.namespace ?? "") \($0.modules)" }.sorted()
    }
    guard terms(old) != terms(new) else { return nil }
    return Change(kind: .changed, symbol: symbol, before: before, after: after)
  }
}
