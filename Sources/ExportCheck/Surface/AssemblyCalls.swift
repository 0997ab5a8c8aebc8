internal import CSyntax

/// Macro calls in an assembly file, which stand between instructions and not at a file scope.
struct AssemblyCalls {
  private(set) var calls: [CallSite] = []

  /// Collects the calls of those macros that `isWanted` names, in O(n).
  init(_ outline: Outline, isWanted: (String) -> Bool) {
    let source = outline.source
    let tokens = source.tokens
    var index = 0
    while index + 1 < tokens.count {
      defer { index += 1 }
      guard tokens[index].kind == .identifier, !tokens[index].isDirective,
        tokens[index + 1].kind == .leftParenthesis, isWanted(source.text(index))
      else { continue }
      var close = index + 2
      var depth = 1
      // An export fits on one line; what is open at its end is no call.
      while close < tokens.count, tokens[close].line - tokens[index].line < 4 {
        if tokens[close].kind == .leftParenthesis { depth += 1 }
        if tokens[close].kind == .rightParenthesis { depth -= 1 }
        if depth == 0 { break }
        close += 1
      }
      guard depth == 0 else { continue }
      let arguments = Signature.split(index + 2..<close, in: source).map { source.text($0) }
      calls.append(
        CallSite(
          name: source.text(index), arguments: arguments, line: Int(tokens[index].line),
          condition: outline.directives.condition(at: index)))
    }
  }
}
