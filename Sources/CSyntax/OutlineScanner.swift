/// Walks the tokens at file scope and collects the items of an `Outline`.
struct OutlineScanner {
  let source: SourceTokens
  let directives: DirectiveMap
  let matcher: BracketMatcher
  private(set) var functions: [FunctionItem] = []
  var prototypes: [PrototypeItem] = []
  var variables: [VariableItem] = []
  var types: [TypeItem] = []
  private(set) var macros: [MacroItem] = []
  var calls: [MacroCall] = []
  var operations: [OperationItem] = []
  private(set) var includes: [IncludeItem] = []
  private(set) var typeBodies: [Range<Int>] = []

  private var head = DeclarationHead()
  private var frames: [Frame] = []
  private var index = 0
  /// How many brackets without a partner were met.
  ///
  /// Each costs a search to the end of the file; a file with more than a few is no C, and the rest
  /// of its brackets are taken as plain tokens.
  private var strayBrackets = 0
  private static let strayLimit = 64

  /// An `#if` at file scope.
  private struct Frame {
    var opener: Int
    /// What stood before the `#if`.
    var before: DeclarationHead
    /// What the branches so far left unfinished.
    var alternatives: [DeclarationHead] = []
    /// Where to go on at `#endif` when no other branch opened the body that the first one did.
    var resume: Int?
  }

  init(source: SourceTokens, directives: DirectiveMap) {
    self.source = source
    self.directives = directives
    matcher = BracketMatcher(source: source, directives: directives)
  }

  mutating func run() {
    let tokens = source.tokens
    while index < tokens.count {
      let kind = tokens[index].kind
      switch kind {
      case .directive: takeDirective()
      case .semicolon:
        if !isOldStyleParameters() { finishDeclaration() }
        index += 1
      case .leftParenthesis, .leftBracket: takeGroup(kind)
      case .leftBrace: takeBrace()
      case .rightBrace:
        head = DeclarationHead()
        index += 1
      default:
        head.append(kind, index, index)
        index += 1
        if endsMacroObject(at: index - 1) { finishDeclaration() }
      }
    }
    finishDeclaration()
  }

  /// True for the word alone on its line that ends what a macro call began: `MACHINE_END`.
  private func endsMacroObject(at token: Int) -> Bool {
    guard head.parts.count > 3, head.isCall(at: 0), source.isAtLineStart(token),
      token + 1 >= source.tokens.count || source.isAtLineStart(token + 1)
    else { return false }
    return FunctionMaker.isShouting(source.text(token))
      && FunctionMaker.isShouting(source.text(head.parts[0].first))
  }

  private mutating func takeGroup(_ kind: TokenKind) {
    let close = closing(of: index)
    head.append(kind, index, close)
    index = close + 1
    splitAfterMacroCall()
  }

  /// The partner of the bracket at token `open`, or `open` itself when it has none.
  private mutating func closing(of open: Int) -> Int {
    guard strayBrackets < Self.strayLimit else { return open }
    if let match = matcher.match(open) { return match.close }
    strayBrackets += 1
    return open
  }

  /// Ends the head after a macro call that stands on its own line without a `;`.
  private mutating func splitAfterMacroCall() {
    guard head.parts.count == 2, head.isCall(at: 0), source.isAtLineStart(head.parts[0].first),
      index < source.tokens.count, source.isAtLineStart(index)
    else { return }
    let next = source.tokens[index].kind
    guard next != .leftBrace, next != .semicolon,
      !Attributes.decorates(source.text(head.parts[0].first))
    else { return }
    if next == .directive, FunctionMaker.isShouting(source.text(head.parts[0].first)) == false {
      return
    }
    finishDeclaration()
  }

  private mutating func takeBrace() {
    if head.assignment != nil || head.isTypeBody(in: source) {
      takeInnerBraces()
      return
    }
    if head.parts.count == 2, head.parts[0].kind == .extern, head.parts[1].kind == .string {
      head = DeclarationHead()
      index += 1
      return
    }
    dropLeadingMacroCalls()
    guard strayBrackets < Self.strayLimit, let match = matcher.matchBody(index) else {
      strayBrackets += 1
      head = DeclarationHead()
      index += 1
      return
    }
    if let function = FunctionHead(head, in: source) {
      add(function, body: index + 1..<match.close)
    }
    leave(match)
  }

  private mutating func takeInnerBraces() {
    let open = index
    let close = closing(of: open)
    if head.assignment != nil {
      collectOperations(open..<close, head)
    } else {
      addType(head)
      if close > open { typeBodies.append(open + 1..<close) }
    }
    head.append(.leftBrace, open, close)
    index = close + 1
  }

  private mutating func add(_ function: FunctionHead, body: Range<Int>) {
    let start = head.tokens.lowerBound
    functions.append(
      FunctionItem(
        name: function.name, nameToken: function.nameToken, head: start..<body.lowerBound - 1,
        parameters: function.parameters, body: body, startLine: Int(source.tokens[start].line),
        nameLine: Int(source.tokens[function.nameToken].line),
        endLine: Int(source.tokens[body.upperBound].line), isStatic: function.isStatic,
        isInline: function.isInline, returnType: function.returnType,
        attributes: function.attributes, maker: function.maker,
        condition: directives.condition(at: function.nameToken)))
  }

  /// Goes on after a body, or at the other branch that opens the same body.
  private mutating func leave(_ match: BracketMatcher.Match) {
    head = DeclarationHead()
    index = match.close + 1
    if let crossed = match.crossed {
      let opener = Int(directives.directives[crossed].opener)
      guard let frame = frames.lastIndex(where: { $0.opener == opener }) else { return }
      frames[frame].resume = index
      index = directives.directives[crossed].tokens.lowerBound
    }
  }

  private mutating func takeDirective() {
    guard let number = directives.directive(at: index) else {
      index += 1
      return
    }
    let directive = directives.directives[number]
    index = directive.tokens.upperBound
    switch directive.kind {
    case .define: addMacro(directive)
    case .include: addInclude(directive)
    case .if:
      frames.append(Frame(opener: number, before: head))
      if directive.isDead { index = matcher.start(ofBranchAfter: number) }
    case .elif, .else: takeElse(number, directive)
    case .endif: takeEnd(directive)
    default: break
    }
  }

  private mutating func takeElse(_ number: Int, _ directive: Directive) {
    let opener = Int(directive.opener)
    guard let frame = frames.lastIndex(where: { $0.opener == opener }) else {
      skipForeignBrace(number)
      return
    }
    frames.removeSubrange((frame + 1)...)
    frames[frame].alternatives.append(head)
    head = frames[frame].before
    if directive.isDead { index = matcher.start(ofBranchAfter: number) }
  }

  /// Steps over the `}` of a branch whose `#if` stands inside a body that ended in another branch.
  private mutating func skipForeignBrace(_ number: Int) {
    guard directives.directives[number].opener >= 0 else { return }
    let end = matcher.start(ofBranchAfter: number)
    var depth = 0
    for inner in index..<max(index, end) {
      switch source.tokens[inner].kind {
      case .leftBrace: depth += 1
      case .rightBrace: depth -= 1
      default: continue
      }
      if depth < 0 {
        index = inner + 1
        return
      }
    }
  }

  private mutating func takeEnd(_ directive: Directive) {
    let opener = Int(directive.opener)
    guard let number = frames.lastIndex(where: { $0.opener == opener }) else { return }
    let frame = frames[number]
    frames.removeSubrange(number...)
    if let resume = frame.resume, resume > index {
      head = DeclarationHead()
      index = resume
      return
    }
    // The first branch that left something unfinished speaks for the others.
    let unfinished = (frame.alternatives + [head]).first {
      $0.parts.count != frame.before.parts.count
    }
    head = unfinished ?? frame.before
    if frame.alternatives.isEmpty, unfinished == nil { head = frame.before }
  }

  private mutating func addMacro(_ directive: Directive) {
    guard directive.tokens.count > 2 else { return }
    let name = directive.tokens.lowerBound + 2
    let end = directive.tokens.upperBound
    var body = name + 1
    var parameters: [String]?
    let isFunctionLike =
      body < end && source.tokens[body].kind == .leftParenthesis
      && source.tokens[body].range.lowerBound == source.tokens[name].range.upperBound
    if isFunctionLike {
      var names: [String] = []
      body += 1
      while body < end, source.tokens[body].kind != .rightParenthesis {
        if source.tokens[body].kind != .comma { names.append(source.text(body)) }
        body += 1
      }
      body = min(body + 1, end)
      parameters = names
    }
    macros.append(
      MacroItem(
        name: source.text(name), parameters: parameters, body: body..<end, line: directive.line,
        condition: directive.condition))
  }

  private mutating func addInclude(_ directive: Directive) {
    guard directive.tokens.count > 2 else { return }
    let file = directive.tokens.lowerBound + 2
    let kind = source.tokens[file].kind
    guard kind == .header || kind == .string else { return }
    includes.append(
      IncludeItem(
        path: String(source.text(file).dropFirst().dropLast()), isSystem: kind == .header,
        line: directive.line, condition: directive.condition))
  }

  // MARK: Ends of declarations

  private mutating func finishDeclaration() {
    dropLeadingMacroCalls()
    if !head.isEmpty { add(declaration: head) }
    head = DeclarationHead()
  }

  /// Takes `MODULE_LICENSE("GPL")` and the like, on lines of their own, off the head.
  private mutating func dropLeadingMacroCalls() {
    while head.parts.count > 2, head.isCall(at: 0) {
      let name = head.parts[0]
      let next = head.parts[2]
      guard source.isAtLineStart(name.first), source.isAtLineStart(next.first),
        !Attributes.decorates(source.text(name.first))
      else { return }
      addCall(name: name.first, group: head.parts[1], isStatic: false)
      var rest = DeclarationHead()
      for part in head.parts[2...] { rest.append(part.kind, part.first, part.last) }
      head = rest
    }
  }

  /// True at a `;` inside `int f(a, b) int a; char b; {`.
  private func isOldStyleParameters() -> Bool {
    guard head.assignment == nil, let function = FunctionHead(head, in: source),
      function.maker == nil, let last = head.parts.last, !last.isGroup, last.kind == .identifier,
      !function.returnType.isEmpty, !function.parameters.isEmpty
    else { return false }
    let areNames = function.parameters.enumerated().allSatisfy { position, token in
      source.tokens[token].kind == (position % 2 == 0 ? .identifier : .comma)
    }
    let next = index + 1 < source.tokens.count ? source.tokens[index + 1].kind : .semicolon
    return areNames && !Attributes.isBareWord(source.text(last.first))
      && (next == .leftBrace || next == .identifier || next.isTypeWord || next == .register)
  }
}
