/// The tokens of a declaration up to its `;` or `{`, with bracketed groups taken as one part each.
struct DeclarationHead {
  /// One token, or a group from its opening to its closing bracket.
  struct Part {
    var kind: TokenKind
    var first: Int
    var last: Int

    var isGroup: Bool { last > first }
  }

  var parts: [Part] = []
  /// Number of the part that is the first `=`, or nil.
  var assignment: Int?

  var isEmpty: Bool { parts.isEmpty }

  /// Tokens from the first to the last.
  var tokens: Range<Int> {
    guard let first = parts.first, let last = parts.last else { return 0..<0 }
    return first.first..<last.last + 1
  }

  mutating func append(_ kind: TokenKind, _ first: Int, _ last: Int) {
    if kind == .assign, assignment == nil { assignment = parts.count }
    parts.append(Part(kind: kind, first: first, last: last))
  }

  func contains(_ kind: TokenKind) -> Bool { parts.contains { $0.kind == kind } }

  /// The parts up to the first `=`.
  var declarator: ArraySlice<Part> { parts[..<(assignment ?? parts.count)] }

  /// True when the head reads `identifier (…)` from part `index` on.
  func isCall(at index: Int) -> Bool {
    index + 1 < parts.count && parts[index].kind == .identifier
      && parts[index + 1].kind == .leftParenthesis
  }

  /// True when the head ends where the body of a struct, union or enum begins.
  func isTypeBody(in source: SourceTokens) -> Bool {
    guard
      let word = parts.lastIndex(where: {
        $0.kind == .struct || $0.kind == .union || $0.kind == .enum
      })
    else { return false }
    for index in parts.indices[(word + 1)...] {
      switch parts[index].kind {
      case .identifier, .attribute, .colon, .int, .unsigned, .char, .long, .short: continue
      case .leftParenthesis:
        let name = parts[index - 1]
        guard
          name.kind == .attribute
            || (name.kind == .identifier && Attributes.decorates(source.text(name.first)))
        else { return false }
      default: return false
      }
    }
    return true
  }
}
