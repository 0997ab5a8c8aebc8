import CSyntax

/// The header inlines that parses of one file read so far, for further versions of it with the
/// same headers.
final class InlineShelf {
  private(set) var inlines: [String: KeptInline] = [:]
  /// Something was met that does not come out the same in another version.
  var isUnusable = false
  /// A clean-up function was named that no definition is known of.
  var lacks = false

  func has(_ name: String) -> Bool { inlines[name] != nil }

  /// Keeps the function that was read last into `unit`, from the given starts on.
  func keep(
    _ unit: SyntaxUnit, _ log: InlineLog, statement: Int, expression: Int, list: Int
  ) {
    let strings = Self.numbered(log.strings)
    let variables = Self.numbered(log.variables.map(\.id.raw))
    let to = Renumbering(
      expression: -expression, statement: -statement, list: -list, string: { strings[$0]! },
      variable: { variables[$0]! })
    guard let function = unit.functions.last else { return }
    let (expressions, statements) = (unit.expressions[expression...], unit.statements[statement...])
    inlines[unit.strings[function.name]] = KeptInline(
      strings: log.strings.map { unit.strings[StringID($0)] },
      mentions: log.variables.map {
        .init(global: $0.global, variable: to(unit.variables[$0.id.index]))
      },
      callees: log.callees, expressions: expressions.map { to($0) },
      statements: statements.map { to($0) },
      lists: to.lists(unit.lists[list...], of: expressions, statements), function: to(function))
  }

  /// Where each number stands.
  private static func numbered(_ numbers: [Int32]) -> [Int32: Int32] {
    Dictionary(uniqueKeysWithValues: zip(numbers, 0...))
  }
}
