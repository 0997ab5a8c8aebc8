internal import CSyntax

/// The statements of a function, and runs of them that follow each other with the same shape: what
/// is left behind when a few lines are copied and one name is replaced.
struct StatementRuns: Sendable {
  /// Token ranges of the statements, in order, up to and with their `;`, `{` or `}`.
  let statements: [Range<Int>]
  /// For each statement a hash of its shape, names left out.
  private let shapes: [UInt32]

  /// Longer functions are not searched beyond this many statements.
  private static let limit = 4000
  /// Copies of more statements than this lie too far apart to be seen as such.
  private static let longest = 40
  /// Copies of fewer say nothing.
  private static let shortest = 3

  init(_ subject: Subject) {
    var statements: [Range<Int>] = []
    var shapes: [UInt32] = []
    var start = 0
    var depth = 0
    var hash = FNV.start
    for (index, token) in subject.form.tokens.enumerated() {
      hash = (hash ^ UInt32(token.shape)) &* FNV.prime
      hash = (hash ^ UInt32(token.role.isName || token.role == .local ? 0x80 : 0)) &* FNV.prime
      let kind = TokenKind(rawValue: token.shape)
      if kind == .leftParenthesis { depth += 1 }
      if kind == .rightParenthesis { depth -= 1 }
      let isEnd = kind == .leftBrace || kind == .rightBrace || (kind == .semicolon && depth <= 0)
      guard isEnd else { continue }
      statements.append(start..<index + 1)
      shapes.append(hash)
      start = index + 1
      depth = 0
      hash = FNV.start
      if statements.count == Self.limit { break }
    }
    self.statements = statements
    self.shapes = shapes
  }

  /// Pairs of token ranges of equal length and shape, one right behind the other; O(n) for n
  /// statements.
  var copies: [(original: Range<Int>, copy: Range<Int>)] {
    var result: [(original: Range<Int>, copy: Range<Int>)] = []
    guard statements.count >= 2 * Self.shortest else { return [] }
    for distance in Self.shortest...min(Self.longest, statements.count / 2) {
      var equal = 0
      for index in 0..<shapes.count - distance {
        equal = shapes[index] == shapes[index + distance] ? equal + 1 : 0
        guard equal >= distance, equal % distance == 0 else { continue }
        let first = index + 1 - distance
        result.append(
          (
            statements[first].lowerBound..<statements[index].upperBound,
            statements[first + distance].lowerBound..<statements[index + distance].upperBound
          ))
      }
    }
    return result
  }
}
