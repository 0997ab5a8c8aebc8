/// What ends in `;` at file scope: prototypes, variables, types and macro calls.
extension OutlineScanner {
  mutating func add(declaration head: DeclarationHead) {
    let first = head.parts[0]
    if first.kind == .typedef {
      addTypedef(head)
      return
    }
    if head.parts.count == 1 { return }
    let isStatic = head.declarator.contains { $0.kind == .static }
    let start = head.parts.firstIndex { $0.kind != .static && $0.kind != .extern } ?? 0
    if head.assignment == nil || head.assignment! >= start + 2, head.isCall(at: start),
      head.declarator.count == start + 2
        || (head.declarator.count > start + 2 && isOnlyDecoration(head, from: start + 2))
    {
      addCall(name: head.parts[start].first, group: head.parts[start + 1], isStatic: isStatic)
      addMadeVariable(head, call: start, isStatic: isStatic)
      return
    }
    if head.assignment == nil, let function = FunctionHead(head, in: source),
      !function.returnType.isEmpty, function.maker == nil
    {
      prototypes.append(
        PrototypeItem(
          name: function.name, tokens: head.tokens, parameters: function.parameters,
          line: Int(source.tokens[function.nameToken].line), isStatic: function.isStatic,
          isExtern: function.isExtern, returnType: function.returnType,
          attributes: function.attributes,
          condition: directives.condition(at: function.nameToken)))
      return
    }
    addVariables(head, isStatic: isStatic)
  }

  private func isOnlyDecoration(_ head: DeclarationHead, from part: Int) -> Bool {
    head.declarator.dropFirst(part).allSatisfy {
      $0.isGroup || $0.kind == .attribute
        || ($0.kind == .identifier && Attributes.isBareWord(source.text($0.first)))
    }
  }

  mutating func addCall(name: Int, group: DeclarationHead.Part, isStatic: Bool) {
    calls.append(
      MacroCall(
        name: source.text(name), arguments: arguments(group.first + 1..<group.last),
        line: Int(source.tokens[name].line), isStatic: isStatic,
        condition: directives.condition(at: name)))
  }

  /// The spellings between the commas of `range` that are outside brackets.
  private func arguments(_ range: Range<Int>) -> [String] {
    guard !range.isEmpty else { return [] }
    var result: [String] = []
    var depth = 0
    var start = range.lowerBound
    for index in range {
      switch source.tokens[index].kind {
      case .leftParenthesis, .leftBrace, .leftBracket: depth += 1
      case .rightParenthesis, .rightBrace, .rightBracket: depth -= 1
      case .comma where depth == 0:
        result.append(source.text(start..<index))
        start = index + 1
      default: break
      }
    }
    result.append(source.text(start..<range.upperBound))
    return result
  }

  /// `static DEFINE_MUTEX(name);` and `DECLARE_WAIT_QUEUE_HEAD(name);`.
  private mutating func addMadeVariable(_ head: DeclarationHead, call: Int, isStatic: Bool) {
    let maker = source.text(head.parts[call].first)
    guard maker.hasPrefix("DEFINE_") || maker.hasPrefix("DECLARE_") || isStatic else { return }
    let group = head.parts[call + 1]
    let inside = arguments(group.first + 1..<group.last)
    // DEFINE_PER_CPU(type, name), but DEFINE_IDA(name).
    guard let name = maker.contains("PER_CPU") ? inside.last : inside.first,
      name.utf8.allSatisfy({ $0 == 0x5F || $0 >= 0x30 })
    else { return }
    variables.append(
      VariableItem(
        name: name, tokens: head.tokens, line: Int(source.tokens[group.first].line),
        isStatic: isStatic, isExtern: Self.declaresOnly(maker),
        hasInitializer: head.assignment != nil, maker: maker,
        condition: directives.condition(at: group.first)))
  }

  /// True for the `DECLARE_` macros that declare; the others define, whatever their name says.
  private static func declaresOnly(_ maker: String) -> Bool {
    ["DECLARE_PER_CPU", "DECLARE_STATIC_KEY", "DECLARE_STATIC_CALL", "DECLARE_TRACEPOINT"]
      .contains { maker.hasPrefix($0) }
  }

  private mutating func addVariables(_ head: DeclarationHead, isStatic: Bool) {
    let isExtern = head.declarator.contains { $0.kind == .extern }
    var declarator: [DeclarationHead.Part] = []
    var isInitializer = false
    var hasType = false
    for part in head.parts + [DeclarationHead.Part(kind: .comma, first: -1, last: -1)] {
      switch part.kind {
      case .comma:
        if let token = variableName(declarator, needsType: !hasType) {
          variables.append(
            VariableItem(
              name: source.text(token), tokens: head.tokens,
              line: Int(source.tokens[token].line), isStatic: isStatic, isExtern: isExtern,
              hasInitializer: isInitializer, maker: nil,
              condition: directives.condition(at: token)))
          hasType = true
        }
        declarator = []
        isInitializer = false
      case .assign: isInitializer = true
      default: if !isInitializer { declarator.append(part) }
      }
    }
  }

  /// The token that names what `parts` declare; nil when they declare a type alone.
  private func variableName(_ parts: [DeclarationHead.Part], needsType: Bool) -> Int? {
    var words: [Int] = []
    var hasBody = false
    var tag = -1
    for (index, part) in parts.enumerated() {
      switch part.kind {
      case .leftBrace:
        hasBody = true
        words.removeAll()
      case .leftParenthesis:
        if let pointer = functionPointerName(part) { return pointer }
      case .struct, .union, .enum: tag = index + 1
      case .colon: return words.last
      case .identifier where !Attributes.isBareWord(source.text(part.first)):
        if index == tag {
          words.removeAll()
        } else {
          words.append(part.first)
        }
      default: break
      }
    }
    let hasTypeWord =
      hasBody || tag > 0 || parts.contains { $0.kind.isTypeWord } || words.count > 1
    return hasTypeWord || !needsType ? words.last : nil
  }

  /// `(*name)` and `(*name[N])`.
  private func functionPointerName(_ group: DeclarationHead.Part) -> Int? {
    guard group.isGroup, group.first + 2 < source.tokens.count,
      source.tokens[group.first + 1].kind == .star
    else { return nil }
    return (group.first + 2..<group.last).first { source.tokens[$0].kind == .identifier }
  }

  mutating func addType(_ head: DeclarationHead) {
    guard
      let word = head.parts.lastIndex(where: {
        $0.kind == .struct || $0.kind == .union || $0.kind == .enum
      })
    else { return }
    let name = head.parts[(word + 1)...].first {
      $0.kind == .identifier && !Attributes.isBareWord(source.text($0.first))
    }
    guard let name else { return }
    let kind: TypeItem.Kind =
      switch head.parts[word].kind {
      case .struct: .struct
      case .union: .union
      default: .enum
      }
    types.append(
      TypeItem(
        kind: kind, name: source.text(name.first), line: Int(source.tokens[name.first].line),
        condition: directives.condition(at: name.first)))
  }

  private mutating func addTypedef(_ head: DeclarationHead) {
    let parts = Array(head.parts.dropFirst())
    var name = parts.last { $0.kind == .identifier }?.first
    for part in parts where part.kind == .leftParenthesis {
      if let pointer = functionPointerName(part) {
        name = pointer
        break
      }
    }
    guard let name else { return }
    types.append(
      TypeItem(
        kind: .typedef, name: source.text(name), line: Int(source.tokens[name].line),
        condition: directives.condition(at: name)))
  }

  /// Collects `.member = value` inside the braces of an initialiser.
  mutating func collectOperations(_ range: Range<Int>, _ head: DeclarationHead) {
    var type = ""
    if let word = head.declarator.firstIndex(where: { $0.kind == .struct }),
      word + 1 < head.declarator.endIndex, head.parts[word + 1].kind == .identifier
    {
      type = source.text(head.parts[word + 1].first)
    }
    let variable =
      variableName(Array(head.declarator), needsType: true).map { source.text($0) } ?? ""
    var index = range.lowerBound
    while index + 3 < range.upperBound {
      defer { index += 1 }
      guard source.tokens[index].kind == .dot, source.tokens[index + 1].kind == .identifier,
        source.tokens[index + 2].kind == .assign
      else { continue }
      var value = index + 3
      if source.tokens[value].kind == .ampersand { value += 1 }
      guard value < range.upperBound, source.tokens[value].kind == .identifier else { continue }
      if value + 1 < range.upperBound, source.tokens[value + 1].kind != .comma,
        source.tokens[value + 1].kind != .rightBrace
      {
        continue
      }
      operations.append(
        OperationItem(
          member: source.text(index + 1), value: source.text(value), type: type,
          variable: variable, line: Int(source.tokens[index].line)))
    }
  }
}
