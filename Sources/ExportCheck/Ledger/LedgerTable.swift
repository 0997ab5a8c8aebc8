/// A ledger as lines of text in columns.
public struct LedgerTable: Sendable {
  /// Column titles.
  public let header: [String]
  /// One row an entry, one cell a column.
  public let rows: [[String]]

  public init(_ ledger: Ledger) {
    let hasUsers = ledger.entries.contains { $0.users != nil }
    header = ["SYMBOL", "LICENCE", "NAMESPACE", "PLACE"] + (hasUsers ? ["USERS"] : [])
    rows = ledger.entries.map { entry in
      let space =
        entry.modules.isEmpty ? entry.namespace ?? "" : entry.modules.joined(separator: ",")
      return [entry.symbol, entry.gpl ? "GPL" : "any", space, "\(entry.file):\(entry.line)"]
        + (hasUsers ? [entry.users.map(Self.spoken) ?? "not known"] : [])
    }
  }

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
