/// Reads name, parameters, return type and attributes out of a function's declaration.
struct FunctionHead {
  var name: String
  var nameToken: Int
  var parameters: Range<Int>
  var returnType: String
  var attributes: [String]
  var isStatic = false
  var isInline = false
  var isExtern = false
  var maker: String?

  /// Nil when `head` declares no function.
  init?(_ head: DeclarationHead, in source: SourceTokens) {
    let parts = head.declarator
    guard let found = Self.find(parts, source) else { return nil }
    nameToken = found.name
    parameters = found.parameters
    let spelling = source.text(found.name)
    let argument = Self.firstArgument(found.parameters, source)
    if found.isAlone || FunctionMaker.isShouting(spelling),
      let made = FunctionMaker.name(macro: spelling, argument: argument)
    {
      name = made
      maker = spelling
    } else {
      name = spelling
    }
    var typeTokens: [Int] = []
    attributes = []
    returnType = ""
    readDecoration(parts, upTo: found.part, source, &typeTokens)
    returnType =
      maker == nil
      ? typeTokens.map { source.text($0) }.joined(separator: " ")
        .replacing(" *", with: "*").replacing("*", with: " *").replacing("* *", with: "**") : ""
  }

  private struct Found {
    var part: Int
    var name: Int
    var parameters: Range<Int>
    /// True when nothing but storage class and attributes precedes the name.
    var isAlone: Bool
  }

  private static func find(_ parts: ArraySlice<DeclarationHead.Part>, _ source: SourceTokens)
    -> Found?
  {
    var hasType = false
    for index in parts.indices {
      let part = parts[index]
      guard part.kind == .leftParenthesis, part.isGroup else {
        if part.kind == .star || part.kind.isTypeWord
          || (part.kind == .identifier && isTypeName(index, parts, source))
        {
          hasType = true
        }
        continue
      }
      guard index > parts.startIndex else { continue }
      let previous = parts[index - 1]
      if previous.kind == .identifier, !previous.isGroup,
        !Attributes.decorates(source.text(previous.first)),
        !isLeadingMacro(index, parts, source)
      {
        return Found(
          part: index - 1, name: previous.first, parameters: part.first + 1..<part.last,
          isAlone: !hasType)
      }
      if let nested = nested(
        part, next: index + 1 < parts.endIndex ? parts[index + 1] : nil, source)
      {
        return Found(
          part: index, name: nested.name, parameters: nested.parameters, isAlone: false)
      }
    }
    return nil
  }

  /// True when the identifier `index` is part of the type and not the name before `(`.
  private static func isTypeName(
    _ index: Int, _ parts: ArraySlice<DeclarationHead.Part>, _ source: SourceTokens
  ) -> Bool {
    if index + 1 < parts.endIndex, parts[index + 1].kind == .leftParenthesis { return false }
    return !Attributes.isBareWord(source.text(parts[index].first))
  }

  /// True when the group `index` belongs to a macro that stands before the real declaration.
  ///
  /// `MACRO(x) static int name(void)`: words that are no attributes follow, then another group.
  private static func isLeadingMacro(
    _ index: Int, _ parts: ArraySlice<DeclarationHead.Part>, _ source: SourceTokens
  ) -> Bool {
    var words = 0
    for next in parts.indices[(index + 1)...] {
      let part = parts[next]
      switch part.kind {
      case .leftParenthesis:
        return words > 1 && parts[next - 1].kind == .identifier
          && !Attributes.decorates(source.text(parts[next - 1].first))
      case .identifier: words += Attributes.isBareWord(source.text(part.first)) ? 0 : 1
      case .static, .inline, .extern, .star, .const: words += 1
      case let kind where kind.isTypeWord: words += 1
      default: return false
      }
    }
    return false
  }

  /// `(name)(…)` and `(*name(…))(…)`.
  private static func nested(
    _ group: DeclarationHead.Part, next: DeclarationHead.Part?, _ source: SourceTokens
  ) -> (name: Int, parameters: Range<Int>)? {
    guard let next, next.kind == .leftParenthesis else { return nil }
    var index = group.first + 1
    while index < group.last, source.tokens[index].kind == .star { index += 1 }
    guard index < group.last, source.tokens[index].kind == .identifier else { return nil }
    if index + 1 == group.last, index == group.first + 1 {
      return (index, next.first + 1..<next.last)
    }
    guard source.tokens[index + 1].kind == .leftParenthesis else { return nil }
    var depth = 0
    for close in index + 1..<group.last {
      if source.tokens[close].kind == .leftParenthesis { depth += 1 }
      if source.tokens[close].kind == .rightParenthesis { depth -= 1 }
      if depth == 0 { return (index, index + 2..<close) }
    }
    return nil
  }

  private static func firstArgument(_ range: Range<Int>, _ source: SourceTokens) -> String? {
    guard let first = range.first, source.tokens[first].kind == .identifier else { return nil }
    let isWhole =
      first + 1 == range.upperBound || source.tokens[first + 1].kind == .comma
    return isWhole ? source.text(first) : nil
  }

  private mutating func readDecoration(
    _ parts: ArraySlice<DeclarationHead.Part>, upTo name: Int, _ source: SourceTokens,
    _ typeTokens: inout [Int]
  ) {
    var index = parts.startIndex
    while index < parts.endIndex {
      let part = parts[index]
      let group =
        index + 1 < parts.endIndex && parts[index + 1].kind == .leftParenthesis
        ? parts[index + 1] : nil
      switch part.kind {
      case _ where index == name: if group != nil { index += 1 }
      case .static: isStatic = true
      case .inline: isInline = true
      case .extern: isExtern = true
      case .attribute:
        attributes.append(source.text(part.first..<(group?.last ?? part.last) + 1))
        if group != nil { index += 1 }
      case .identifier where Attributes.decorates(source.text(part.first)) && group != nil:
        attributes.append(source.text(part.first..<group!.last + 1))
        index += 1
      case .identifier where Attributes.isBareWord(source.text(part.first)):
        attributes.append(source.text(part.first))
      default:
        if index < name { typeTokens.append(contentsOf: part.first...part.last) }
      }
      index += 1
    }
  }
}
