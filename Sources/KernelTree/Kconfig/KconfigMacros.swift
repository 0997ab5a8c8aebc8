/// The `$(…)` of Kconfig: variables, and functions that would ask a shell.
///
/// No shell is asked. A question whether the compiler, assembler or linker can do something is
/// answered with yes, because clang parses what the option turns on; text that only a command
/// could give is empty.
struct KconfigMacros {
  private var variables: [String: String]
  private var budget = 4_000_000
  private var depth = 0

  /// - Parameter environment: what the kernel's top Makefile would hand over, such as `SRCARCH`.
  init(environment: [String: String]) { variables = environment }

  mutating func set(_ name: String, to text: Substring, appending: Bool) {
    let old = appending ? (variables[name].map { $0 + " " } ?? "") : ""
    guard old.utf8.count + text.utf8.count < 65_536 else { return }
    variables[name] = old + text
  }

  /// `text` with every `$(…)` replaced.
  mutating func expand(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return String(text) }
    var result = ""
    var rest = text
    while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
      result += rest[..<dollar]
      let after = rest.utf8.index(after: dollar)
      guard after < rest.endIndex, rest.utf8[after] == UInt8(ascii: "("),
        let close = Self.closing(rest[after...]), budget > 0
      else {
        rest = rest[after...]
        continue
      }
      let inner = rest[rest.utf8.index(after: after)..<close]
      let value = depth < 40 ? reference(inner) : ""
      budget -= value.utf8.count + 64
      result += value
      rest = rest[rest.utf8.index(after: close)...]
    }
    return result + rest
  }

  private mutating func reference(_ inner: Substring) -> String {
    depth += 1
    defer { depth -= 1 }
    let parts = Self.arguments(inner)
    let name = expand(parts[0].trimmed)
    switch name {
    case "success": return "y"
    case "failure": return "n"
    case "shell", "info", "warning", "warning-if", "error-if", "filename", "lineno": return ""
    case "if-success": return parts.count > 2 ? expand(parts[2]) : ""
    case _ where Self.isQuestion(name):
      // `-D__SIZEOF_INT128__=0` is an error where the compiler has that type: clang has.
      return inner.contains("-D__SIZEOF_INT128__") ? "n" : "y"
    default: break
    }
    guard let body = variables[name] else { return "" }
    guard parts.count > 1 else { return expand(Substring(body)) }
    var text = body
    for (index, part) in parts.enumerated().dropFirst() {
      text = text.replacing("$(\(index))", with: expand(part))
      if text.utf8.count > 65_536 { return "" }
    }
    return expand(Substring(text))
  }

  /// Names of scripts/Kconfig.include, and of architectures, that ask a tool.
  private static func isQuestion(_ name: String) -> Bool {
    name.hasSuffix("-option") || name.hasSuffix("-option-bit") || name.hasPrefix("as-instr")
      || name == "cc-can-link" || name == "cc-option-bit"
  }

  private static func arguments(_ text: Substring) -> [Substring] {
    var result: [Substring] = []
    var depth = 0
    var start = text.startIndex
    for index in text.utf8.indices {
      switch text.utf8[index] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: ",") where depth == 0:
        result.append(text[start..<index])
        start = text.utf8.index(after: index)
      default: break
      }
    }
    return result + [text[start...]]
  }

  private static func closing(_ text: Substring) -> Substring.Index? {
    var depth = 0
    for index in text.utf8.indices {
      if text.utf8[index] == UInt8(ascii: "(") { depth += 1 }
      if text.utf8[index] == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }
}
