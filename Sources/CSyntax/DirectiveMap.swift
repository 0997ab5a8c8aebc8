/// The preprocessor lines of a file and how its `#if` branches belong together.
public struct DirectiveMap: Sendable {
  public private(set) var directives: [Directive] = []
  public private(set) var conditions: [Condition] = []

  /// Finds all directives of `source`; unbalanced ones end at the end of the file.
  public init(_ source: SourceTokens) {
    var index = 0
    let tokens = source.tokens
    while index < tokens.count {
      guard tokens[index].kind == .directive else {
        index += 1
        continue
      }
      var end = index + 1
      while end < tokens.count, tokens[end].isDirective, tokens[end].kind != .directive { end += 1 }
      directives.append(
        Directive(
          kind: Self.kind(of: index + 1, before: end, in: source), tokens: index..<end,
          line: Int(tokens[index].line)))
      index = end
    }
    connect(source)
  }

  private static func kind(of word: Int, before end: Int, in source: SourceTokens)
    -> Directive.Kind
  {
    guard word < end else { return .other }
    switch source.tokens[word].kind {
    case .if: return .if
    case .else: return .else
    case .identifier: break
    default: return .other
    }
    switch source.text(word) {
    case "ifdef", "ifndef": return .if
    case "elif", "elifdef", "elifndef": return .elif
    case "endif": return .endif
    case "define": return .define
    case "undef": return .undef
    case "include", "include_next": return .include
    default: return .other
    }
  }

  /// One open `#if`: its number, the last of its branches, and what was said so far.
  private struct Frame {
    var opener: Int
    var last: Int
    var outer: Int32
    var excluded: [String]
  }

  private mutating func connect(_ source: SourceTokens) {
    var open: [Frame] = []
    var current: Int32 = -1
    let guardNumber = includeGuard(source)
    for number in directives.indices {
      switch directives[number].kind {
      case .if:
        let text = conditionText(number, source)
        open.append(Frame(opener: number, last: number, outer: current, excluded: [text]))
        directives[number].opener = Int32(number)
        directives[number].isDead = text == "0"
        if number != guardNumber { current = add(text, inside: current) }
      case .elif, .else:
        guard var frame = open.popLast() else { break }
        link(number, to: &frame)
        var parts = frame.excluded.map { "!(\($0))" }
        if directives[number].kind == .elif {
          let text = conditionText(number, source)
          directives[number].isDead = text == "0"
          frame.excluded.append(text)
          parts.append(text)
        }
        current = add(parts.joined(separator: " && "), inside: frame.outer)
        open.append(frame)
      case .endif:
        guard var frame = open.popLast() else { break }
        link(number, to: &frame)
        current = frame.outer
      default: break
      }
      directives[number].condition = current
    }
  }

  private mutating func link(_ number: Int, to frame: inout Frame) {
    directives[frame.last].next = Int32(number)
    directives[number].opener = Int32(frame.opener)
    frame.last = number
  }

  private mutating func add(_ text: String, inside parent: Int32) -> Int32 {
    conditions.append(Condition(parent: parent, text: text))
    return Int32(conditions.count - 1)
  }

  /// The `#ifndef NAME` that `#define NAME` follows at the top of a header; nil without one.
  private func includeGuard(_ source: SourceTokens) -> Int? {
    guard directives.count > 2, directives[0].kind == .if, directives[1].kind == .define else {
      return nil
    }
    let (first, second) = (directives[0].tokens, directives[1].tokens)
    guard first.lowerBound == 0, first.count == 3, second.count == 3,
      source.token(1, is: "ifndef"),
      source.text(first.upperBound - 1) == source.text(second.upperBound - 1)
    else { return nil }
    return 0
  }

  private func conditionText(_ number: Int, _ source: SourceTokens) -> String {
    let tokens = directives[number].tokens
    guard tokens.count > 1 else { return "" }
    let word = source.text(tokens.lowerBound + 1)
    let rest = source.spelling(of: tokens.dropFirst(2))
    if word.hasSuffix("ifdef") { return "defined(\(rest))" }
    if word.hasSuffix("ifndef") { return "!defined(\(rest))" }
    return rest
  }

  /// Number of the last directive that begins before token `index`, or nil; O(log n).
  public func directive(before index: Int) -> Int? {
    var low = 0
    var high = directives.count
    while low < high {
      let middle = (low + high) / 2
      if directives[middle].tokens.lowerBound < index { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// Number of the directive that begins with token `index`, or nil; O(log n).
  public func directive(at index: Int) -> Int? {
    guard let number = directive(before: index + 1),
      directives[number].tokens.lowerBound == index
    else { return nil }
    return number
  }

  /// Number of the condition under which token `index` is compiled, or −1.
  public func condition(at index: Int) -> Int32 {
    directive(before: index).map { directives[$0].condition } ?? -1
  }

  /// What must be true for condition `number` to hold, outermost first.
  public func conditionStack(_ number: Int32) -> [String] {
    var result: [String] = []
    var number = number
    while number >= 0 {
      result.append(conditions[Int(number)].text)
      number = conditions[Int(number)].parent
    }
    return result.reversed()
  }

  /// The `#endif` of the `#if` that directive `number` belongs to, or nil.
  func end(of number: Int) -> Int? {
    var number = number
    while directives[number].next >= 0 { number = Int(directives[number].next) }
    return directives[number].kind == .endif ? number : nil
  }
}
