/// A ledger, or what changes in one, as lines of text in columns.
public struct LedgerTable: Sendable {
  /// Column titles.
  public let header: [String]
  /// One row an entry, one cell a column.
  public let rows: [[String]]

  /// Every export of a tree.
  public init(_ ledger: Ledger) {
    let hasUsers = ledger.entries.contains { $0.users != nil }
    header = ["SYMBOL", "LICENCE", "NAMESPACE", "PLACE"] + (hasUsers ? ["USERS"] : [])
    rows = ledger.entries.map { entry in
      [entry.symbol, Self.licence(entry), Self.space(entry), Self.place(entry)]
        + (hasUsers ? [entry.users.map(Self.spoken) ?? "not known"] : [])
    }
  }

  /// What becomes of exports; a cell that changes shows both sides.
  public init(_ changes: [LedgerDifference.Change]) {
    let hasUsers = changes.contains { $0.after?.users != nil }
    header = ["CHANGE", "SYMBOL", "LICENCE", "NAMESPACE", "PLACE"] + (hasUsers ? ["USERS"] : [])
    rows = changes.map { change in
      let sides = [change.before, change.after].compactMap(\.self)
      func cell(_ text: (LedgerEntry) -> String) -> String {
        let texts = sides.map(text)
        guard let first = texts.first, let last = texts.last, first != last else {
          return texts.first ?? ""
        }
        return "\(first.isEmpty ? "none" : first) → \(last.isEmpty ? "none" : last)"
      }
      // The line alone moves with whatever stands above it.
      let isInPlace = change.before?.file == change.after?.file
      return [
        change.kind.rawValue, change.symbol, cell(Self.licence), cell(Self.space),
        isInPlace ? sides.last.map(Self.place) ?? "" : cell(Self.place),
      ] + (hasUsers ? [change.after.map { $0.users.map(Self.spoken) ?? "not known" } ?? ""] : [])
    }
  }

  private static func licence(_ entry: LedgerEntry) -> String { entry.gpl ? "GPL" : "any" }

  private static func space(_ entry: LedgerEntry) -> String {
    entry.modules.isEmpty ? entry.namespace ?? "" : entry.modules.joined(separator: ",")
  }

  private static func place(_ entry: LedgerEntry) -> String { "\(entry.file):\(entry.line)" }

  /// `3 modules, 1 built in` or `none`.
  private static func spoken(_ use: LedgerEntry.Use) -> String {
    var parts: [String] = []
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { parts.append("\(count) \(count == 1 ? one : many)") }
    }
    add(use.modules.count, "module", "modules")
    add(use.builtIn, "built-in file", "built-in files")
    add(use.ownModule, "file of its module", "files of its module")
    add(use.headers, "header", "headers")
    add(use.unknown, "other file", "other files")
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  /// The table with columns padded, one row a line, no space at line ends.
  public var text: String {
    var widths = header.map(\.count)
    for row in rows {
      for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
    }
    return ([header] + rows).map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        if column < row.count - 1 {
          line += String(repeating: " ", count: widths[column] - cell.count + 2)
        }
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
