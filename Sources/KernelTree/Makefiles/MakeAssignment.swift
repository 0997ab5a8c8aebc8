/// `NAME = TEXT` and its relatives, not yet expanded.
struct MakeAssignment {
  enum Kind { case recursive, simple, append, conditional, shell }

  var name: Substring
  var text: Substring
  var kind: Kind

  /// Nil when the line is a rule or something else.
  init?(_ line: Substring) {
    let bytes = line.utf8
    var depth = 0
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "("), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "=") where depth <= 0:
        self.init(line, sign: index)
        return
      case UInt8(ascii: ":") where depth <= 0:
        let next = bytes[bytes.index(after: index)...].first
        if next != UInt8(ascii: "=") && next != UInt8(ascii: ":") { return nil }
      default: break
      }
      index = bytes.index(after: index)
    }
    return nil
  }

  private init?(_ line: Substring, sign: Substring.Index) {
    var name = line[..<sign]
    switch name.last {
    case ":":
      kind = .simple
      while name.last == ":" { name.removeLast() }
    case "+": (kind, name) = (.append, name.dropLast())
    case "?": (kind, name) = (.conditional, name.dropLast())
    case "!": (kind, name) = (.shell, name.dropLast())
    default: kind = .recursive
    }
    self.name = name.trimmed
    guard !self.name.isEmpty else { return nil }
    text = line[line.index(after: sign)...].trimmed
  }
}
