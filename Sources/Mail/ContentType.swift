/// A value with parameters, such as `text/plain; charset=utf-8; format=flowed` (RFC 2045).
struct ContentType {
  /// In lower case.
  let name: String
  private let parameters: [String: String]

  init(_ value: String) {
    var pieces = Self.split(value)[...]
    name = (pieces.popFirst() ?? "").lowercased()
    var found: [String: String] = [:]
    for piece in pieces {
      guard let equals = piece.firstIndex(of: "=") else { continue }
      let key = piece[..<equals].trimmed.lowercased()
      found[key] = found[key] ?? Self.unquoted(piece[piece.index(after: equals)...].trimmed)
    }
    parameters = found
  }

  /// A parameter; nil when it is not given.
  subscript(key: String) -> String? { parameters[key] }

  var isMultipart: Bool { name.hasPrefix("multipart/") }

  /// At semicolons outside of quotes; comments in parentheses are taken out.
  private static func split(_ value: String) -> [String] {
    var pieces = [""]
    var isQuoted = false
    var depth = 0
    var isEscaped = false
    for character in value {
      switch character {
      case _ where isEscaped:
        isEscaped = false
        pieces[pieces.count - 1].append(character)
        continue
      case "\\" where isQuoted:
        isEscaped = true
      case "\"" where depth == 0:
        isQuoted.toggle()
      case "(" where !isQuoted:
        depth += 1
        continue
      case ")" where !isQuoted && depth > 0:
        depth -= 1
        continue
      case ";" where !isQuoted && depth == 0:
        pieces.append("")
        continue
      default: break
      }
      if depth == 0 { pieces[pieces.count - 1].append(character) }
    }
    return pieces.map(\.trimmed)
  }

  private static func unquoted(_ text: String) -> String {
    guard text.hasPrefix("\"") else { return text }
    var output = ""
    var isEscaped = false
    for character in text.dropFirst() {
      if isEscaped {
        output.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        break
      } else {
        output.append(character)
      }
    }
    return output
  }
}
