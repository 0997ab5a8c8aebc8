import CSyntax

/// Reads out of the parser's errors what would make them go away.
///
/// After an unknown word the parser goes on as best it can, and what it leaves out then may be the
/// line that matters. So unknown names are declared and the text is parsed again; what is still
/// wrong afterwards is not believed.
struct RepairReader {
  private let source: SourceTokens
  /// For each token the bracket that belongs to it, or −1.
  private let partners: [Int]

  init(text: [UInt8]) {
    source = SourceTokens(text)
    partners = Self.partners(in: source)
  }

  /// The prelude with what `errors` ask for; equal to `old` when nothing more can be done.
  func prelude(for errors: [PlacedError], after old: Prelude) -> Prelude {
    var new = old
    var arguments: [Range<Int>] = []
    // Loops first: the words between their brackets need not be values.
    for error in errors {
      guard let loop = self.loop(error) else { continue }
      arguments.append(loop.brackets)
      if new[loop.name] == nil { new[loop.name] = loop.repair }
    }
    for error in errors {
      if let offset = error.offset, arguments.contains(where: { $0.contains(offset) }) { continue }
      repair(error, old, &new)
    }
    return new
  }

  private func repair(_ error: PlacedError, _ old: Prelude, _ new: inout Prelude) {
    if let name = error.name(after: "use of undeclared identifier") {
      if new[name] == nil { new[name] = beginsDeclaration(error) ? .type : .variable }
    } else if let name = error.name(after: "call to undeclared function") {
      if new[name] == nil { new[name] = .function }
    } else if let name = error.name(after: "unknown type name") {
      if new[name] == nil { new[name] = isBeforeType(error, name) ? .attribute : .type }
    } else if error.message.contains("not an integer constant expression")
      || error.message.contains("not a compile-time constant")
    {
      constants(near: error, old, &new)
    } else {
      declarations(near: error, old, &new)
    }
  }

  /// Names of the line that must have values at compile time.
  private func constants(near error: PlacedError, _ old: Prelude, _ new: inout Prelude) {
    guard let offset = error.offset, let first = token(at: offset) else { return }
    let line = source.tokens[first].line
    for index in first..<source.tokens.count where source.tokens[index].line == line {
      let name = source.text(index)
      if old[name] == .variable { new[name] = .constant }
    }
  }

  // MARK: Loops

  private func loop(_ error: PlacedError) -> (name: String, repair: Repair, brackets: Range<Int>)? {
    guard let name = error.name(after: "call to undeclared function"), let offset = error.offset,
      let word = token(at: offset), source.text(word) == name, word + 1 < source.tokens.count,
      source.tokens[word + 1].kind == .leftParenthesis
    else { return nil }
    let open = word + 1
    let close = partners[open]
    guard close > open, close + 1 < source.tokens.count, beginsStatement(close + 1) else {
      return nil
    }
    let arguments = arguments(open, close)
    let cursors = arguments.indices.filter { isWalked(arguments[$0]) }
    let bytes = Int(source.tokens[open].start)..<Int(source.tokens[close].start)
    return (name, .loop(arguments: arguments.count, cursors: cursors), bytes)
  }

  private func beginsStatement(_ index: Int) -> Bool {
    switch source.tokens[index].kind {
    case .leftBrace, .identifier, .if, .for, .while, .do, .switch, .return, .goto: true
    default: false
    }
  }

  private func arguments(_ open: Int, _ close: Int) -> [Range<Int>] {
    guard close > open + 1 else { return [] }
    var found: [Range<Int>] = []
    var start = open + 1
    var index = start
    while index < close {
      if partners[index] > index { index = partners[index] }
      if source.tokens[index].kind == .comma {
        found.append(start..<index)
        start = index + 1
      }
      index += 1
    }
    return found + [start..<close]
  }

  /// True for a lone word that is a variable elsewhere: named, and neither called nor a member.
  private func isWalked(_ argument: Range<Int>) -> Bool {
    guard argument.count == 1, source.tokens[argument.lowerBound].kind == .identifier else {
      return false
    }
    let word = source.tokens[argument.lowerBound]
    return source.tokens.indices.contains { index in
      let token = source.tokens[index]
      guard token.kind == .identifier, token.hash == word.hash, !token.isDirective,
        index != argument.lowerBound, index > 0, index + 1 < source.tokens.count
      else { return false }
      let (before, after) = (source.tokens[index - 1].kind, source.tokens[index + 1].kind)
      let isDeclared =
        before == .star || before == .comma || before == .identifier
        || before.isTypeWord
      return isDeclared && (after == .semicolon || after == .comma || after == .assign)
    }
  }

  // MARK: Declarations

  /// A word that makes a declaration unreadable means nothing to a check: it goes.
  private func declarations(near error: PlacedError, _ old: Prelude, _ new: inout Prelude) {
    guard let offset = error.offset, let next = token(at: offset) else { return }
    // A type that stands where none can be was no type.
    for index in [next, next - 1, next - 2] where index >= 0 {
      let name = source.text(index)
      if let repair = old[name], repair == .type || repair == .attribute {
        new[name] = repair.next
        return
      }
    }
    if error.message.hasPrefix("type specifier missing") {
      if let name = unendedCall(at: next), new[name] == nil { new[name] = .attributeCall }
      return
    }
    guard
      error.message.hasPrefix("expected ';' after top level declarator")
        || error.message.hasPrefix("expected function body after function declarator")
        || error.message.hasPrefix("expected identifier")
    else { return }
    if let (name, isCall) = strayWord(at: next), new[name] == nil {
      new[name] = isCall ? .attributeCall : .attribute
    }
  }

  /// The macro of `NAME(…)` without a semicolon behind it, which takes the next declaration along.
  private func unendedCall(at index: Int) -> String? {
    guard let (name, isCall) = word(at: index), isCall, partners[index + 1] > 0 else { return nil }
    let after = partners[index + 1] + 1
    guard after < source.tokens.count else { return name }
    let kind = source.tokens[after].kind
    return kind == .semicolon || kind == .leftBrace ? nil : name
  }

  /// The word before or at token `next` that is no part of C.
  private func strayWord(at next: Int) -> (name: String, isCall: Bool)? {
    let here = word(at: next)
    guard next > 0 else { return here }
    let before: (name: String, isCall: Bool)?
    if source.tokens[next - 1].kind == .rightParenthesis, partners[next - 1] > 0 {
      before = word(at: partners[next - 1] - 1)
    } else {
      before = word(at: next - 1)
    }
    // `int foo(void) word {`, against `int word foo(void) {` and `WORD(x) static int …`.
    guard let here else { return before }
    if looksReserved(here.name) || before == nil { return here }
    return before
  }

  private func word(at index: Int) -> (name: String, isCall: Bool)? {
    guard index >= 0, source.tokens[index].kind == .identifier else { return nil }
    let isCall =
      index + 1 < source.tokens.count && source.tokens[index + 1].kind == .leftParenthesis
    return (source.text(index), isCall)
  }

  private func looksReserved(_ name: String) -> Bool {
    name.hasPrefix("__") || name == name.uppercased()
  }

  /// True when the unknown word is followed by a type, so that it is none itself.
  private func isBeforeType(_ error: PlacedError, _ name: String) -> Bool {
    guard let offset = error.offset, let index = token(at: offset), source.text(index) == name,
      index + 1 < source.tokens.count
    else { return false }
    let next = source.tokens[index + 1].kind
    return next.isTypeWord || next == .static || next == .const || next == .inline
  }

  /// True when the unknown word stands where a statement begins and a name follows it.
  private func beginsDeclaration(_ error: PlacedError) -> Bool {
    guard let offset = error.offset, var index = token(at: offset), index > 0 else { return false }
    let before = source.tokens[index - 1].kind
    guard before == .leftBrace || before == .semicolon || before == .rightBrace || before == .const
    else { return false }
    index += 1
    while index < source.tokens.count, source.tokens[index].kind == .star { index += 1 }
    return index < source.tokens.count && source.tokens[index].kind == .identifier
  }

  // MARK: Tokens

  /// The first token that does not end before byte `offset`.
  private func token(at offset: Int) -> Int? {
    var low = 0
    var high = source.tokens.count
    while low < high {
      let middle = (low + high) / 2
      if source.tokens[middle].range.upperBound <= offset {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < source.tokens.count ? low : nil
  }

  private static func partners(in source: SourceTokens) -> [Int] {
    var partners = [Int](repeating: -1, count: source.tokens.count)
    var open: [Int] = []
    for (index, token) in source.tokens.enumerated() {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: open.append(index)
      case .rightParenthesis, .rightBracket, .rightBrace:
        guard let start = open.popLast() else { continue }
        partners[start] = index
        partners[index] = start
      default: break
      }
    }
    return partners
  }
}
