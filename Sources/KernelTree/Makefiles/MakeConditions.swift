/// The open conditionals of a Makefile, the innermost last.
struct MakeConditions {
  private struct Level {
    var isActive: Bool
    /// A branch of this conditional was already taken.
    var isTaken: Bool
    /// The lines around the conditional count.
    var isInside: Bool
  }

  private var levels: [Level] = []

  /// The lines here count.
  var isActive: Bool { levels.last?.isActive ?? true }

  /// An `else` here may still be taken.
  var mayTurn: Bool { levels.last.map { $0.isInside && !$0.isTaken } ?? false }

  mutating func open(_ holds: Bool) {
    levels.append(Level(isActive: holds, isTaken: holds, isInside: isActive))
  }

  mutating func turn(_ holds: Bool) {
    guard var level = levels.popLast() else { return }
    level.isActive = level.isInside && !level.isTaken && holds
    level.isTaken = level.isTaken || level.isActive
    levels.append(level)
  }

  mutating func close() { _ = levels.popLast() }

  /// The two sides of `(a,b)`, `"a" "b"` or `'a' 'b'`; nil when they are no pair.
  static func operands(of text: Substring) -> (Substring, Substring)? {
    if text.first == "(" {
      guard text.last == ")" else { return nil }
      let inner = text.dropFirst().dropLast()
      var depth = 0
      for index in inner.indices {
        switch inner[index] {
        case "(", "{": depth += 1
        case ")", "}": depth -= 1
        case "," where depth == 0:
          return (inner[..<index], inner[inner.index(after: index)...])
        default: break
        }
      }
      return nil
    }
    guard let (first, rest) = quoted(text), let (second, _) = quoted(rest.trimmed) else {
      return nil
    }
    return (first, second)
  }

  private static func quoted(_ text: Substring) -> (Substring, Substring)? {
    guard let mark = text.first, mark == "\"" || mark == "'" else { return nil }
    let rest = text.dropFirst()
    guard let end = rest.firstIndex(of: mark) else { return nil }
    return (rest[..<end], rest[rest.index(after: end)...])
  }
}
