internal import CSyntax

/// What a function takes and returns, as far as tokens tell.
struct Signature: Sendable, Equatable {
  var result: String
  var parameters: [TypeText]
  var isVariadic = false
  /// `()` or old-style names: says nothing of the parameters.
  var isOpen = false

  /// Reads the parameters between parentheses.
  ///
  /// - Parameters:
  ///   - parameters: the tokens between the parentheses.
  ///   - result: the return type's spelling, without linkage and attributes.
  init(parameters range: Range<Int>, result: String, in source: SourceTokens) {
    self.result = result
    parameters = []
    let reader = TypeReader(source: source)
    isOpen = range.isEmpty
    for part in Self.split(range, in: source) {
      if part.count == 1, source.tokens[part.lowerBound].kind == .ellipsis {
        isVariadic = true
      } else {
        parameters.append(reader.type(of: part))
      }
    }
    if parameters.count == 1, parameters[0].isVoid { parameters = [] }
  }

  /// The spelling by which two signatures are equal: `int (struct inode *, u64)`.
  var text: String {
    let list = parameters.map(\.text) + (isVariadic ? ["..."] : [])
    return "\(result) (\(list.isEmpty ? "void" : list.joined(separator: ", ")))"
  }

  /// How two declarations of one function surely contradict each other, as a clause; nil when a
  /// typedef or macro may make them agree.
  func contradiction(to other: Signature) -> String? {
    guard !isOpen, !other.isOpen else { return nil }
    if parameters.count != other.parameters.count {
      return "\(Self.count(parameters.count)) here and \(Self.count(other.parameters.count)) there"
    }
    if isVariadic != other.isVariadic { return "a variable number of arguments on one side only" }
    if (result == "void") != (other.result == "void"), !result.isEmpty, !other.result.isEmpty,
      isKnown(result), isKnown(other.result)
    {
      return "\(result) returned here and \(other.result) there"
    }
    for (number, (mine, theirs)) in zip(parameters, other.parameters).enumerated()
    where mine.clashes(with: theirs) {
      return "parameter \(number + 1) is ‘\(mine.text)’ here and ‘\(theirs.text)’ there"
    }
    return nil
  }

  /// True for a return type of which `void` is no disguise.
  private func isKnown(_ type: String) -> Bool {
    type == "void" || type.contains("*") || type.hasPrefix("struct ") || type.hasPrefix("unsigned")
      || ["int", "long", "bool", "char", "size_t", "ssize_t", "loff_t"].contains(type)
  }

  private static func count(_ number: Int) -> String {
    number == 1 ? "1 parameter" : "\(number) parameters"
  }

  /// The runs between commas outside brackets.
  static func split(_ range: Range<Int>, in source: SourceTokens) -> [Range<Int>] {
    guard !range.isEmpty else { return [] }
    var result: [Range<Int>] = []
    var depth = 0
    var start = range.lowerBound
    for index in range {
      switch source.tokens[index].kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace: depth -= 1
      case .comma where depth == 0:
        result.append(start..<index)
        start = index + 1
      default: break
      }
    }
    result.append(start..<range.upperBound)
    return result
  }
}
