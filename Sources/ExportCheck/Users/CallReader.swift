internal import CSyntax

/// Reads the calls of one function in a file, with the number of arguments that each passes.
struct CallReader {
  struct Call: Equatable {
    var line: Int
    var arguments: Int
  }

  private let outline: Outline
  private let name: String

  /// The calls that certainly are calls of the function `name`, in O(n).
  ///
  /// Members of that name, declarations, and argument lists with `…` in them are left out.
  static func calls(of name: String, in text: String) -> [Call] {
    text.contains(name) ? CallReader(outline: Outline(text), name: name).calls() : []
  }

  private func calls() -> [Call] {
    let source = outline.source
    var declared = Set(outline.functions.lazy.filter { $0.name == name }.map(\.nameToken))
    for prototype in outline.prototypes where prototype.name == name {
      declared.formUnion(prototype.tokens)
    }
    var result: [Call] = []
    for index in source.tokens.indices.dropLast()
    where source.tokens[index].kind == .identifier
      && source.tokens[index + 1].kind == .leftParenthesis && source.text(index) == name
      && !declared.contains(index) && !isOtherName(index)
    {
      guard let range = arguments(after: index + 1), !range.contains(where: hidesCount) else {
        continue
      }
      result.append(
        Call(
          line: Int(source.tokens[index].line),
          arguments: Signature.split(range, in: source).count))
    }
    return result
  }

  /// True for a member, a declared name, and the name that `#define` gives.
  private func isOtherName(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let previous = outline.source.tokens[index - 1].kind
    return previous == .dot || previous == .arrow || previous == .identifier
      || previous == .hashHash || previous.isTypeWord
  }

  private func hidesCount(_ index: Int) -> Bool {
    let source = outline.source
    switch source.tokens[index].kind {
    case .directive, .ellipsis, .hashHash: return true
    case .identifier: return source.token(index, is: "__VA_ARGS__")
    default: return false
    }
  }

  private func arguments(after open: Int) -> Range<Int>? {
    let source = outline.source
    var depth = 0
    for index in open..<min(source.tokens.count, open + 4000) {
      switch source.tokens[index].kind {
      case .leftParenthesis, .leftBrace, .leftBracket: depth += 1
      case .rightParenthesis, .rightBrace, .rightBracket:
        depth -= 1
        if depth == 0 { return open + 1..<index }
      default: break
      }
    }
    return nil
  }
}
