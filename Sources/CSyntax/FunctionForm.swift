/// The normal form of a function's body: what the index stores and the duplicate check compares.
///
/// Directives and what `#if 0` takes out are left out; both branches of other conditions stay.
public struct FunctionForm: Sendable {
  /// Beyond this many tokens a body is cut, so that comparing stays bounded.
  public static let limit = 8192

  public let tokens: [FormToken]

  /// Builds the form of `function` in O(n) for n tokens.
  public init(_ function: FunctionItem, in outline: Outline, prefix: NamePrefix) {
    let source = outline.source
    let body = Self.living(function.body, outline)
    var names = LocalNames(source: source, parameters: function.parameters, body: body)
    var result: [FormToken] = []
    result.reserveCapacity(body.count)
    for position in body.indices {
      result.append(Self.token(position, body, source, &names, prefix))
    }
    tokens = result
  }

  /// The tokens of `range` that are neither directive nor dead, at most `limit`.
  private static func living(_ range: Range<Int>, _ outline: Outline) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(min(range.count, limit))
    let tokens = outline.source.tokens
    let map = outline.directives
    var index = range.lowerBound
    while index < range.upperBound, result.count < limit {
      if tokens[index].kind == .directive, let number = map.directive(at: index) {
        let directive = map.directives[number]
        index = directive.tokens.upperBound
        if directive.isDead, directive.next >= 0 {
          index = map.directives[Int(directive.next)].tokens.lowerBound
        }
        continue
      }
      if !tokens[index].isDirective { result.append(Int32(index)) }
      index += 1
    }
    return result
  }

  private static func token(
    _ position: Int, _ body: [Int32], _ source: SourceTokens, _ names: inout LocalNames,
    _ prefix: NamePrefix
  ) -> FormToken {
    let index = body[position]
    let token = source.tokens[Int(index)]
    var result = FormToken(
      role: .word, slot: 0, token: index, exact: UInt32(token.kind.rawValue),
      meaning: UInt32(token.kind.rawValue), shape: token.kind.rawValue)
    switch token.kind {
    case .identifier:
      let before = position > 0 ? source.tokens[Int(body[position - 1])].kind : .semicolon
      let after =
        position + 1 < body.count ? source.tokens[Int(body[position + 1])].kind : .semicolon
      result.exact = token.hash | FormToken.hashed
      if before == .arrow || before == .dot {
        result.role = .field
        result.meaning = token.hash | FormToken.hashed
      } else if isLabel(before, after, position, body, source) {
        result.role = .label
        result.slot = names.slot(ofLabel: token)
        result.meaning = FormToken.Class.label
      } else if let slot = names.slot(ofLocal: token) {
        result.role = .local
        result.slot = slot
        result.meaning = FormToken.Class.local
      } else {
        result.role = after == .leftParenthesis ? .callee : .name
        result.meaning = hash(of: token, in: source, without: prefix)
      }
    case .number:
      result.role = .number
      result.exact = token.hash | FormToken.hashed
      let isDigit = token.length == 1
      let byte = source.bytes[Int(token.start)]
      result.meaning =
        isDigit && byte == UInt8(ascii: "0")
        ? FormToken.Class.zero
        : isDigit && byte == UInt8(ascii: "1") ? FormToken.Class.one : FormToken.Class.number
    case .string, .character:
      result.role = token.kind == .string ? .string : .character
      result.exact = FNV.hash(source.bytes[token.range]) | FormToken.hashed
      result.meaning =
        token.kind == .string ? FormToken.Class.string : FormToken.Class.character
    default: break
    }
    return result
  }

  /// True for `name:` at the start of a statement and for what `goto` names.
  private static func isLabel(
    _ before: TokenKind, _ after: TokenKind, _ position: Int, _ body: [Int32],
    _ source: SourceTokens
  ) -> Bool {
    if before == .goto { return after == .semicolon }
    guard after == .colon, position > 0 else { return false }
    return before == .semicolon || before == .leftBrace || before == .rightBrace
  }

  private static func hash(of token: Token, in source: SourceTokens, without prefix: NamePrefix)
    -> UInt32
  {
    let bytes = source.bytes[token.range]
    let length = prefix.length(in: bytes)
    let hash = length == 0 ? token.hash : FNV.hash(bytes.dropFirst(length)) ^ 0x5555
    return hash | FormToken.hashed
  }
}
