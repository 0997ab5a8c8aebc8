/// Finds closing brackets through `#if` branches that open or close more than the others.
///
/// The depth at the end of an `#if … #endif` is that of its first living branch.
struct BracketMatcher {
  let source: SourceTokens
  let directives: DirectiveMap

  /// Where a bracket closes.
  struct Match {
    /// Token of the closing bracket.
    var close: Int
    /// The `#else` or `#elif` directive that had to be stepped over because the opening bracket
    /// stands in an earlier branch of the same `#if`.
    var crossed: Int?
    /// The `#if` inside the brackets in one of whose branches the closing bracket stands.
    var opener: Int?
  }

  private struct Frame {
    var opener: Int32
    var depth: Int
    /// Depth at the end of the first living branch, once it has ended.
    var result: Int?
    var isDead: Bool
  }

  /// The bracket that closes the one at token `open`; nil when the file ends first.
  func match(_ open: Int, before limit: Int? = nil) -> Match? {
    let tokens = source.tokens
    let opening = tokens[open].kind
    let closing = Self.closing(opening)
    let limit = limit ?? tokens.count
    var frames: [Frame] = []
    var depth = 0
    var crossed: Int?
    var index = open
    while index < limit {
      let token = tokens[index]
      if token.kind == .directive, let number = directives.directive(at: index) {
        index = step(over: number, &frames, &depth, &crossed)
        continue
      }
      if token.kind == opening {
        depth += 1
      } else if token.kind == closing {
        depth -= 1
        if depth == 0 {
          return Match(close: index, crossed: crossed, opener: frames.first.map { Int($0.opener) })
        }
      }
      index += 1
    }
    return nil
  }

  private func step(
    over number: Int, _ frames: inout [Frame], _ depth: inout Int, _ crossed: inout Int?
  ) -> Int {
    let directive = directives.directives[number]
    switch directive.kind {
    case .if:
      frames.append(
        Frame(opener: directive.opener, depth: depth, result: nil, isDead: directive.isDead))
      if directive.isDead { return start(ofBranchAfter: number) }
    case .elif, .else:
      guard let last = frames.indices.last, frames[last].opener == directive.opener else {
        crossed = crossed ?? number
        return directives.end(of: number).map { directives.directives[$0].tokens.upperBound }
          ?? source.tokens.count
      }
      if frames[last].result == nil, !frames[last].isDead { frames[last].result = depth }
      depth = frames[last].depth
      frames[last].isDead = directive.isDead
      if directive.isDead { return start(ofBranchAfter: number) }
    case .endif:
      if let frame = frames.last, frame.opener == directive.opener {
        frames.removeLast()
        depth = frame.result ?? (frame.isDead ? frame.depth : depth)
      }
    default: break
    }
    return directive.tokens.upperBound
  }

  /// First token of the next `#elif`, `#else` or `#endif` of the same `#if`.
  func start(ofBranchAfter number: Int) -> Int {
    let next = Int(directives.directives[number].next)
    return next < 0 ? source.tokens.count : directives.directives[next].tokens.lowerBound
  }

  private static func closing(_ opening: TokenKind) -> TokenKind {
    switch opening {
    case .leftParenthesis: .rightParenthesis
    case .leftBracket: .rightBracket
    default: .rightBrace
    }
  }

  /// Where the function body that opens at token `open` closes.
  ///
  /// Kernel style puts both braces of a function into the first column. Where counting disagrees
  /// with that, because branches are unbalanced or a brace is missing, the column decides.
  func matchBody(_ open: Int) -> Match? {
    let counted = match(open)
    guard source.isAtLineStart(open) else { return counted }
    let limit = counted?.close ?? source.tokens.count
    var index = open + 1
    while index < limit {
      let token = source.tokens[index]
      if token.kind == .rightBrace, !token.isDirective, source.isAtLineStart(index),
        beginsItem(index + 1)
      {
        return Match(close: index, crossed: counted?.crossed, opener: nil)
      }
      index += 1
    }
    return counted
  }

  /// True when token `index` stands in the first column or is absent, so may begin an item.
  private func beginsItem(_ index: Int) -> Bool {
    index >= source.tokens.count || source.isAtLineStart(index)
  }
}
