/// Which macros must be defined, and which must not be, for an `#if` branch to be compiled.
///
/// Each name of a condition is set as its place asks for: on, or off below an odd number of `!`.
/// That makes every condition true that names each macro in one sense only, as nearly all do.
public struct ConditionTurn: Sendable, Equatable {
  /// True for a macro to define as 1, false for one to undefine.
  public private(set) var macros: [String: Bool] = [:]

  public var isEmpty: Bool { macros.isEmpty }

  public init() {}

  /// Adds what the condition `text` needs; false (and nothing added) when it compares numbers, or
  /// needs the opposite of what is there.
  public mutating func add(_ text: String) -> Bool {
    guard let wanted = Self.macros(of: SourceTokens(text)), !wanted.isEmpty else { return false }
    guard wanted.allSatisfy({ macros[$0.key] == nil || macros[$0.key] == $0.value }) else {
      return false
    }
    macros.merge(wanted) { $1 }
    return true
  }

  /// Preprocessor lines that set the macros; a module's form of an option is off either way.
  public var lines: String {
    macros.sorted { $0.key < $1.key }.map { name, isOn in
      "#undef \(name)\n" + (name.hasPrefix("CONFIG_") ? "#undef \(name)_MODULE\n" : "")
        + (isOn ? "#define \(name) 1\n" : "")
    }.joined()
  }

  /// Words that ask whether a macro is there.
  private static let questions: Set<String> = [
    "defined", "IS_ENABLED", "IS_BUILTIN", "IS_REACHABLE",
  ]

  private static func macros(of source: SourceTokens) -> [String: Bool]? {
    var found: [String: Bool] = [:]
    var isOff = false
    // The sense that holds again after each open bracket.
    var outer: [Bool] = []
    var sense = false
    for index in source.tokens.indices {
      switch source.tokens[index].kind {
      case .exclamation: sense.toggle()
      case .leftParenthesis:
        outer.append(isOff)
        isOff = isOff != sense
        sense = false
      case .rightParenthesis:
        guard let last = outer.popLast() else { return nil }
        isOff = last
      case .logicalAnd, .logicalOr: break
      case .identifier:
        let name = source.text(index)
        // The brackets of a question pass the sense on.
        if questions.contains(name) { continue }
        let isOn = isOff == sense
        guard found[name] == nil || found[name] == isOn else { return nil }
        found[name] = isOn
        sense = false
      default: return nil
      }
    }
    return found
  }
}
