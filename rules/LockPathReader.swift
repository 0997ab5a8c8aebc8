extension LockPath {
  /// Reads the form described at `LockPath`; nil when `text` is something else.
  init?(_ text: String) {
    var rest = text[...]
    var stars = 0
    while rest.first == "*" {
      rest.removeFirst()
      stars += 1
    }
    let head = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    rest = rest.dropFirst(head.count)

    if let argument = Int(head), (0..<64).contains(argument) {
      root = .argument(argument)
    } else if head == "result" {
      root = .result
    } else if head == "none" {
      root = .context
    } else if String(head).isCName {
      root = .global(String(head))
    } else {
      return nil
    }

    steps = []
    index = nil
    while !rest.isEmpty {
      if rest.hasPrefix("[") {
        guard rest.last == "]", let index = Int(rest.dropFirst().dropLast()) else { return nil }
        self.index = index
        break
      }
      let isArrow = rest.hasPrefix("->")
      guard isArrow || rest.hasPrefix(".") else { return nil }
      rest = rest.dropFirst(isArrow ? 2 : 1)
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      guard String(name).isCName else { return nil }
      rest = rest.dropFirst(name.count)
      if isArrow { steps.append(.dereference) }
      steps.append(.member(String(name)))
    }

    switch root {
    case .argument, .result:
      // A bare `0` is the lock that argument 0 points to; `*0` goes one pointer further.
      let isMember = steps.contains { if case .member = $0 { true } else { false } }
      if isMember {
        steps += Array(repeating: .dereference, count: stars)
      } else {
        steps = Array(repeating: .dereference, count: stars + 1)
      }
    case .global:
      steps += Array(repeating: .dereference, count: stars)
    case .context:
      guard stars == 0, steps.isEmpty, index == nil else { return nil }
    }
  }
}

extension RulesNode {
  /// The path of a lock.
  func lockPath() throws(RulesError) -> LockPath {
    let text = try text("a lock")
    guard let path = LockPath(text) else {
      throw expected(
        "a lock as 0, 0->member, *1, result, a global's name or none")
    }
    return path
  }

  /// Where a token passes: `result`, `1` or `*1`.
  func lockToken() throws(RulesError) -> LockToken {
    let text = try text("a token")
    if text == "result" { return .result }
    let isPointee = text.hasPrefix("*")
    guard let argument = Int(isPointee ? text.dropFirst() : text[...]), (0..<64).contains(argument)
    else { throw expected("a token as result, 1 or *1") }
    return isPointee ? .pointee(argument) : .argument(argument)
  }
}
