/// The parameters, local variables and labels of a function, numbered in order of first use.
///
/// Found by the shape of declarations, for types are not known: a statement that begins with
/// type-like words and ends in a name before `=`, `;`, `,` or `[` declares it.
struct LocalNames {
  private let source: SourceTokens
  /// Hashes of the names of locals, then of labels, with their slots.
  private var locals = SlotTable()
  private var labels = SlotTable()

  init(source: SourceTokens, parameters: Range<Int>, body: [Int32]) {
    self.source = source
    addParameters(parameters)
    addDeclarations(body)
  }

  /// The number of the local that `token` names, given in order of first call; nil for no local.
  mutating func slot(ofLocal token: Token) -> UInt16? { locals.slot(of: token.hash) }

  /// The number of the label that `token` names.
  mutating func slot(ofLabel token: Token) -> UInt16 {
    labels.insert(token.hash)
    return labels.slot(of: token.hash) ?? 0
  }

  /// The last name before each comma outside brackets is a parameter's.
  private mutating func addParameters(_ range: Range<Int>) {
    var depth = 0
    var last: UInt32?
    var words = 0
    for index in range where !source.tokens[index].isDirective {
      let token = source.tokens[index]
      switch token.kind {
      case .leftParenthesis:
        // A pointer to a function: the name comes right behind the star.
        if index + 2 < range.upperBound, source.tokens[index + 1].kind == .star,
          source.tokens[index + 2].kind == .identifier
        {
          locals.insert(source.tokens[index + 2].hash)
        }
        depth += 1
      case .leftBracket: depth += 1
      case .rightParenthesis, .rightBracket: depth -= 1
      case .comma where depth == 0:
        if let last, words > 1 { locals.insert(last) }
        last = nil
        words = 0
      case .identifier where depth == 0:
        last = token.hash
        words += 1
      case .star: words += depth == 0 ? 1 : 0
      default: words += depth == 0 ? 1 : 0
      }
    }
    if let last, words > 1 { locals.insert(last) }
  }

  private mutating func addDeclarations(_ body: [Int32]) {
    var isStart = true
    var position = 0
    while position < body.count {
      let kind = source.tokens[Int(body[position])].kind
      if isStart {
        isStart = false
        if let end = declaration(body, at: position) {
          position = end
          continue
        }
      }
      switch kind {
      case .semicolon, .leftBrace, .rightBrace: isStart = true
      case .leftParenthesis:
        isStart = position > 0 && source.tokens[Int(body[position - 1])].kind == .for
      default: break
      }
      position += 1
    }
  }

  /// Notes what a declaration at `start` declares and answers where its initialiser or end stands;
  /// nil when it is none.
  private mutating func declaration(_ body: [Int32], at start: Int) -> Int? {
    func kind(_ position: Int) -> TokenKind {
      position < body.count ? source.tokens[Int(body[position])].kind : .semicolon
    }
    var position = start
    var hasType = false
    while position < body.count {
      switch kind(position) {
      case .struct, .union, .enum:
        hasType = true
        position += kind(position + 1) == .identifier ? 2 : 1
        if kind(position) == .leftBrace { position = skipGroup(body, position) }
      case .char, .double, .float, .int, .long, .short, .signed, .unsigned, .void:
        hasType = true
        position += 1
      // What is declared `extern` here is a name of the whole program.
      case .extern: return nil
      case .const, .static, .volatile, .register, .auto, .star:
        position += 1
      case .typeof, .attribute:
        hasType = hasType || kind(position) == .typeof
        position = skipGroup(body, position + 1)
      case .leftParenthesis:
        guard hasType, kind(position + 1) == .star, kind(position + 2) == .identifier else {
          return nil
        }
        locals.insert(source.tokens[Int(body[position + 2])].hash)
        return position + 3
      case .identifier:
        switch kind(position + 1) {
        case .identifier,
          .star where !hasType, .const, .typeof:
          if kind(position + 1) == .star, !namesPointer(body, position + 1) { return nil }
          hasType = true
          position += 1
        case .assign, .semicolon, .comma, .leftBracket, .colon, .attribute:
          guard hasType, kind(position + 1) != .colon else { return nil }
          locals.insert(source.tokens[Int(body[position])].hash)
          return declarators(body, after: position + 1)
        case .leftParenthesis:
          return position == start ? madeVariable(body, at: position) : nil
        default: return nil
        }
      default: return nil
      }
    }
    return nil
  }

  /// True when the stars from `position` on end in a name that a declaration could go on after.
  private func namesPointer(_ body: [Int32], _ position: Int) -> Bool {
    var position = position
    while position < body.count {
      switch source.tokens[Int(body[position])].kind {
      case .star, .const: position += 1
      case .identifier:
        guard position + 1 < body.count else { return false }
        switch source.tokens[Int(body[position + 1])].kind {
        case .assign, .semicolon, .comma, .leftBracket, .identifier, .attribute: return true
        default: return false
        }
      default: return false
      }
    }
    return false
  }

  /// Notes the further names of `int a = 1, *b;`; answers where its `;` stands.
  private mutating func declarators(_ body: [Int32], after start: Int) -> Int? {
    var depth = 0
    var position = start
    var expectsName = false
    while position < body.count {
      let token = source.tokens[Int(body[position])]
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace:
        depth -= 1
        if depth < 0 { return position }
      case .semicolon where depth == 0: return position
      case .comma where depth == 0: expectsName = true
      case .star, .const: break
      case .identifier where expectsName:
        locals.insert(token.hash)
        expectsName = false
      default: expectsName = false
      }
      position += 1
    }
    return position
  }

  /// `DEFINE_WAIT(wait);`, `LIST_HEAD(list);`, `CLASS(fd, f)(…)`.
  private mutating func madeVariable(_ body: [Int32], at position: Int) -> Int? {
    let name = source.text(Int(body[position]))
    guard FunctionMaker.isShouting(name),
      name.hasPrefix("DEFINE_") || name.hasPrefix("DECLARE_") || name.hasSuffix("_HEAD")
        || name.hasSuffix("_STATE") || name.hasSuffix("STACK") || name == "CLASS"
    else { return nil }
    let argument = position + (name == "CLASS" || name.hasSuffix("_FLEX") ? 4 : 2)
    guard argument < body.count else { return nil }
    let token = source.tokens[Int(body[argument])]
    if token.kind == .identifier { locals.insert(token.hash) }
    return argument
  }

  private func skipGroup(_ body: [Int32], _ start: Int) -> Int {
    var depth = 0
    var position = start
    while position < body.count {
      switch source.tokens[Int(body[position])].kind {
      case .leftParenthesis, .leftBrace: depth += 1
      case .rightParenthesis, .rightBrace: depth -= 1
      default: break
      }
      if depth <= 0 { return position + 1 }
      position += 1
    }
    return position
  }
}
