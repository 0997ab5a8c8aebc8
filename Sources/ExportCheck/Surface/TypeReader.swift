internal import CSyntax

/// Reads the type out of a parameter or a return type, dropping the name and the attributes.
struct TypeReader {
  let source: SourceTokens

  /// The type of the parameter that `range` declares.
  func type(of range: Range<Int>) -> TypeText {
    var result = TypeText()
    var hasType = false
    var isTag = false
    var names: [String] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let kind = source.tokens[index].kind
      let text = source.text(index)
      let close = self.close(of: index, in: range)
      switch kind {
      case .attribute:
        if index + 1 < range.upperBound, let end = self.close(of: index + 1, in: range) {
          index = end
        }
      case .directive: break
      case .star: result.pointers += 1
      case .leftBracket:
        result.pointers += 1
        index = close ?? index
      case .leftParenthesis:
        result.rest += group(index, close ?? index, &hasType)
        index = close ?? index
      case .struct, .union, .enum:
        result.words.append(text)
        isTag = true
      case .identifier where isTag:
        result.words.append(text)
        isTag = false
        hasType = true
      case .identifier where Attributes.isBareWord(text): break
      case .identifier: names.append(text)
      case .const, .volatile, .restrict, .register, .static, .extern, .inline:
        if kind == .const || kind == .volatile { result.words.append(text) }
      case _ where kind.isTypeWord:
        result.words.append(text)
        hasType = true
      default: result.rest += text
      }
      index += 1
    }
    add(names, to: &result, hasType: hasType)
    return result
  }

  /// Of the identifiers that are left the last is the name, unless it is all there is of a type.
  private func add(_ names: [String], to type: inout TypeText, hasType: Bool) {
    let words = hasType ? names.dropLast() : names.count > 1 ? names.dropLast() : names[...]
    type.words.append(contentsOf: words)
  }

  private func group(_ open: Int, _ close: Int, _ hasType: inout Bool) -> String {
    guard open < close else { return "" }
    if source.tokens[open + 1].kind == .star {
      // `(*name)`, `(*name[2])`: a pointer to a function; what it is called does not matter.
      let stars = (open + 1..<close).count { source.tokens[$0].kind == .star }
      let brackets = (open + 1..<close).count { source.tokens[$0].kind == .leftBracket }
      hasType = true
      return "(" + String(repeating: "*", count: stars) + String(repeating: "[]", count: brackets)
        + ")"
    }
    return "("
      + Signature.split(open + 1..<close, in: source).map { type(of: $0).text }
      .joined(separator: ", ") + ")"
  }

  /// The bracket that closes token `index`, or nil when it opens nothing inside `range`.
  private func close(of index: Int, in range: Range<Int>) -> Int? {
    var depth = 0
    for position in index..<range.upperBound {
      switch source.tokens[position].kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace: depth -= 1
      default: break
      }
      if depth == 0 { return position == index ? nil : position }
    }
    return nil
  }
}
