// Putting the functions of another unit beside a unit's own, so that calls into other files can be
// followed.
extension SyntaxUnit {
  /// Names of functions that the unit mentions and has no body of.
  public var undefinedFunctions: [String] {
    let defined = Set(functions.map(\.name))
    var missing: Set<StringID> = []
    for expression in expressions where expression.kind == .function {
      let name = StringID(expression.a)
      if !defined.contains(name) { missing.insert(name) }
    }
    return missing.map { strings[$0] }.sorted()
  }

  /// Appends the functions of `other`, whose own numbers are shifted behind this unit's.
  ///
  /// A static function of `other` gets the file's path into its name, so that one of the same name
  /// here is not taken for it; inlines that both have stay single. O(size of `other`).
  public mutating func link(_ other: SyntaxUnit) {
    let names = other.strings.strings.map { strings.intern($0).raw }
    var owned: [Int32: Int32] = [:]
    for function in other.ownFunctions where function.isStatic {
      let name = other.strings[function.name] + " of " + other.path
      owned[function.name.raw] = strings.intern(name).raw
    }
    let firstVariable = Int32(variables.count)
    let renumbered = Renumbering(
      expression: expressions.count, statement: statements.count, list: lists.count,
      string: { names[Int($0)] }, function: { owned[$0] ?? names[Int($0)] },
      variable: { $0 + firstVariable })
    lists += renumbered.lists(other.lists[...], of: other.expressions[...], other.statements[...])
    expressions += other.expressions.lazy.map { renumbered($0) }
    statements += other.statements.lazy.map { renumbered($0) }
    variables += other.variables.lazy.map { renumbered($0) }
    let known = Set(functions.map(\.name))
    functions += other.functions.lazy.map { renumbered($0) }.filter { !known.contains($0.name) }
  }
}
