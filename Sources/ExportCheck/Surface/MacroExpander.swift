internal import BuiltinRules
internal import CSyntax

/// Finds the exports that a file's own macros make: `#define OP(x) … EXPORT_SYMBOL(op_##x)`.
struct MacroExpander {
  /// A call that an expansion leaves: an export macro with its arguments' spellings.
  struct Call: Equatable {
    var name: String
    var arguments: [String]
  }

  private let rules: ExportRules
  /// Macros with parameters by name: the parameters and the tokens of the replacement.
  private var macros: [String: (parameters: [String], body: [String])] = [:]
  /// Deeper chains of macros are not followed.
  private static let depth = 6

  init(_ outline: Outline, rules: ExportRules) {
    self.rules = rules
    for macro in outline.macros where rules.macros[macro.name] == nil {
      guard let parameters = macro.parameters, macros[macro.name] == nil else { continue }
      let body = macro.body.map { outline.source.text($0) }
      macros[macro.name] = (parameters, body)
    }
  }

  /// What a call of a macro of the file becomes: `SAFE(name)` → `name_safe`; nil when it is none.
  func expansion(of text: String) -> String? {
    guard let open = text.firstIndex(of: "("), text.last == ")",
      let macro = macros[String(text[..<open])]
    else { return nil }
    let arguments = text[text.index(after: open)...].dropLast().split(separator: ",")
    return substitute(macro, arguments.map { $0.filter { $0 != " " } }).joined()
  }

  /// True when the file itself defines `name` as a macro that might export.
  func knows(_ name: String) -> Bool { macros[name] != nil }

  /// The exports that calling `name` comes down to; empty when there are none.
  func exports(calling name: String, _ arguments: [String], level: Int = 0) -> [Call] {
    guard level < Self.depth, let macro = macros[name] else { return [] }
    let words = substitute(macro, arguments)
    var result: [Call] = []
    var index = 0
    while index + 1 < words.count {
      let word = words[index]
      let isExport = rules.macros[word] != nil || ExportMacro(guessing: word) != nil
      if words[index + 1] == "(", isExport || macros[word] != nil {
        let (inner, end) = Self.arguments(of: words, from: index + 2)
        if macros[word] != nil {
          result += exports(calling: word, inner, level: level + 1)
        } else {
          result.append(Call(name: word, arguments: inner))
        }
        index = end
      } else {
        index += 1
      }
    }
    return result
  }

  /// The replacement's tokens with arguments put in and `a##b` pasted.
  private func substitute(
    _ macro: (parameters: [String], body: [String]), _ arguments: [String]
  ) -> [String] {
    var values: [String: String] = [:]
    for (number, parameter) in macro.parameters.enumerated() {
      if parameter.hasSuffix("...") || parameter == "..." {
        let name = parameter == "..." ? "__VA_ARGS__" : String(parameter.dropLast(3))
        values[name] = arguments.dropFirst(number).joined(separator: ", ")
      } else {
        values[parameter] = number < arguments.count ? arguments[number] : ""
      }
    }
    var result: [String] = []
    var pastes = false
    for word in macro.body {
      if word == "##" {
        pastes = !result.isEmpty
        continue
      }
      let value = values[word] ?? word
      if pastes {
        result[result.count - 1] += value
        pastes = false
      } else {
        result.append(value)
      }
    }
    return result
  }

  /// The arguments that begin at `start`, and where the words go on after the `)`.
  private static func arguments(of words: [String], from start: Int) -> ([String], Int) {
    var result: [String] = []
    var current = ""
    var depth = 0
    var index = start
    while index < words.count {
      let word = words[index]
      if word == ")", depth == 0 { break }
      if word == "(" { depth += 1 }
      if word == ")" { depth -= 1 }
      if word == ",", depth == 0 {
        result.append(current)
        current = ""
      } else {
        current += word
      }
      index += 1
    }
    if !current.isEmpty || !result.isEmpty { result.append(current) }
    return (result, index + 1)
  }
}
