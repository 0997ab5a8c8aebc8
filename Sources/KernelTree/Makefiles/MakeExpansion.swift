extension MakeInterpreter {
  /// The value of a variable, expanded.
  mutating func value(_ name: String) -> String {
    guard let variable = variable(name) else { return "" }
    if variable.isSimple { return variable.text }
    guard depth < Self.depthLimit else { return "" }
    depth += 1
    defer { depth -= 1 }
    return expand(Substring(variable.text))
  }

  /// `text` with every `$x`, `$(x)` and `${x}` replaced.
  mutating func expand(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return String(text) }
    var result = ""
    var rest = text
    while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
      result += rest[..<dollar]
      let after = rest.index(after: dollar)
      guard after < rest.endIndex else { return result }
      guard rest[after] == "(" || rest[after] == "{" else {
        result += rest[after] == "$" ? "$" : value(String(rest[after]))
        rest = rest[rest.index(after: after)...]
        continue
      }
      guard let close = Self.closing(rest[after...]) else { return result }
      let inner = rest[rest.index(after: after)..<close]
      let value = depth < Self.depthLimit && budget > 0 ? reference(inner) : ""
      budget -= value.utf8.count + 256
      if budget < 0 { return "" }
      result += value
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// What stands between the parentheses of `$(…)`: a function, a substitution or a name.
  private mutating func reference(_ inner: Substring) -> String {
    depth += 1
    defer { depth -= 1 }
    let word = inner.prefix { $0.isLetter || $0 == "-" }
    let after = inner[word.endIndex...].first
    if after == " " || after == "\t", let function = MakeFunction(rawValue: String(word)) {
      return call(function, Self.arguments(inner[word.endIndex...].trimmed))
    }
    let name = expand(inner)
    if let colon = name.firstIndex(of: ":"), let sign = name[colon...].firstIndex(of: "=") {
      let from = name[name.index(after: colon)..<sign]
      let to = name[name.index(after: sign)...]
      return MakeFunction.substituted(
        value(String(name[..<colon])), from: from.contains("%") ? String(from) : "%" + from,
        to: from.contains("%") ? String(to) : "%" + to)
    }
    return value(name)
  }

  /// Arguments of a function, split at commas outside parentheses.
  private static func arguments(_ text: Substring) -> [Substring] {
    var result: [Substring] = []
    var depth = 0
    var start = text.startIndex
    for index in text.utf8.indices {
      switch text.utf8[index] {
      case UInt8(ascii: "("), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: ",") where depth == 0:
        result.append(text[start..<index])
        start = text.utf8.index(after: index)
      default: break
      }
    }
    return result + [text[start...]]
  }

  /// The place of the parenthesis that closes the first one.
  private static func closing(_ text: Substring) -> Substring.Index? {
    let bytes = text.utf8
    guard let open = bytes.first else { return nil }
    let close = open == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "}")
    var depth = 0
    for index in bytes.indices {
      if bytes[index] == open { depth += 1 }
      if bytes[index] == close {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }
}
