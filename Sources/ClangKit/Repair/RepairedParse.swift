import CSyntax

/// A parse that is repeated with unknown names declared, as long as that helps, and without the
/// bodies of functions that swallow others.
struct RepairedParse {
  let request: ParseRequest

  /// How often a file is parsed at most, for the sake of its names.
  private static let limit = 4

  /// The unit, with the errors of the first parse and the distrust of the last.
  func read() throws(ParseError) -> SyntaxUnit {
    let first = try TranslationUnit(request)
    let errors = first.errors()
    let unit = try read(first, errors, distrusted: [])
    guard !errors.isEmpty else { return unit }
    var emptied = EmptiedFunctions(request)
    var last = unit
    while emptied.emptyNext(last) {
      let source = try TranslationUnit(emptied.request)
      last = try read(source, errors, distrusted: emptied.errors)
    }
    return last.ownFunctionCount > unit.ownFunctionCount ? last : unit
  }

  /// - Parameters:
  ///   - first: the errors of the text as it is.
  ///   - distrusted: errors of functions that the parse was not shown.
  private func read(
    _ start: TranslationUnit, _ first: [PlacedError], distrusted: [Diagnostic]
  ) throws(ParseError) -> SyntaxUnit {
    var source = start
    var errors = distrusted.isEmpty ? first : source.errors()
    let reader = errors.isEmpty ? nil : RepairReader(text: source.request.text)
    var prelude = Prelude()
    for _ in 1..<Self.limit {
      guard !errors.isEmpty, let reader else { break }
      let next = reader.prelude(for: errors, after: prelude)
      guard next != prelude else { break }
      prelude = next
      source = try TranslationUnit(start.request, prelude: prelude)
      errors = source.errors()
    }
    let isAsWritten = prelude.isEmpty && distrusted.isEmpty
    let unit = UnitReader(
      source, wereErrors: isAsWritten ? nil : first, prelude: prelude, distrusted: distrusted)
    return unit.read()
  }
}
