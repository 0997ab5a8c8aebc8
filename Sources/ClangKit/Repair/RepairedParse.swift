import CSyntax

/// A parse that is repeated with unknown names declared, as long as that helps.
struct RepairedParse {
  let request: ParseRequest

  /// How often a file is parsed at most.
  private static let limit = 4

  /// The unit, with the errors of the first parse and the distrust of the last.
  func read() throws(ParseError) -> SyntaxUnit {
    var source = try TranslationUnit(request)
    let first = source.errors()
    let reader = first.isEmpty ? nil : RepairReader(text: request.text)
    var prelude = Prelude()
    for _ in 1..<Self.limit {
      let errors = prelude.isEmpty ? first : source.errors()
      guard !errors.isEmpty, let reader else { break }
      let next = reader.prelude(for: errors, after: prelude)
      guard next != prelude else { break }
      prelude = next
      source = try TranslationUnit(request, prelude: prelude)
    }
    let unit = UnitReader(source, wereErrors: prelude.isEmpty ? nil : first, prelude: prelude)
    return unit.read()
  }
}
