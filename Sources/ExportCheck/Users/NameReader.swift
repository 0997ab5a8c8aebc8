internal import CSyntax

/// Tells whether a file surely means the global symbol when it says a name.
enum NameReader {
  /// Lines on which `text` uses the global `name`; empty when a parameter, local variable or
  /// static of that name may be meant.
  static func sureUses(of name: String, in text: String) -> [Int] {
    guard text.contains(name) else { return [] }
    let outline = Outline(text)
    let source = outline.source
    let isOwn =
      outline.functions.contains { $0.name == name && ($0.isStatic || $0.isInline) }
      || outline.variables.contains { $0.name == name && $0.isStatic }
      || outline.macros.contains { $0.name == name }
    if isOwn { return [] }
    var lines: [Int] = []
    for function in outline.functions {
      for index in function.parameters where isName(name, index, source) { return [] }
      for index in function.body where isName(name, index, source) {
        if isDeclared(index, source) { return [] }
        lines.append(Int(source.tokens[index].line))
      }
    }
    // `.open = name` in a table at file scope.
    lines += outline.operations.lazy.filter { $0.value == name }.map(\.line)
    return lines.sorted()
  }

  private static func isName(_ name: String, _ index: Int, _ source: SourceTokens) -> Bool {
    guard source.tokens[index].kind == .identifier, source.text(index) == name else {
      return false
    }
    let previous = index > 0 ? source.tokens[index - 1].kind : .semicolon
    return previous != .dot && previous != .arrow && previous != .struct && previous != .goto
  }

  /// True for `int name;`, `struct x *name = …`: what follows a type and is no operand.
  private static func isDeclared(_ index: Int, _ source: SourceTokens) -> Bool {
    var previous = index - 1
    while previous >= 0, source.tokens[previous].kind == .star { previous -= 1 }
    guard previous >= 0 else { return false }
    let before = source.tokens[previous].kind
    let next = index + 1 < source.tokens.count ? source.tokens[index + 1].kind : .semicolon
    guard [.semicolon, .assign, .comma, .leftBracket, .rightParenthesis].contains(next) else {
      return next == .colon && before == .semicolon
    }
    if before.isTypeWord { return true }
    // `a * name;` multiplies nothing that anybody would write; `t *name;` declares.
    guard before == .identifier else { return false }
    return previous == index - 1 || next == .semicolon || next == .assign
  }
}
