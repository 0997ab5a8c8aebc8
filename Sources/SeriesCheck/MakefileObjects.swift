/// The objects and folders that a Makefile of the kernel builds, each where it is first named.
struct MakefileObjects {
  struct Object: Equatable {
    /// `name.o` or `folder/`.
    var name: String
    var line: Int
  }

  private(set) var objects: [Object] = []
  /// False when other Makefiles are included, which may say how an object is made.
  private(set) var isWhole = true

  /// A word on the right of an assignment.
  private struct Item {
    var variable: String
    var object: Object
  }

  init(_ text: String) {
    var items: [Item] = []
    var variables: Set<String> = []
    var continued: String?
    /// Parentheses of `$(…)` that are open: what stands in them is not built as it stands there.
    var depth = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      var rest = line.prefix { $0 != "#" }
      if rest.hasPrefix("include ") || rest.hasPrefix("-include ") { isWhole = false }
      let goesOn = rest.last == "\\"
      if goesOn { rest.removeLast() }
      var variable = continued
      if variable == nil, let assignment = Self.assignment(rest) {
        variable = assignment.variable
        rest = assignment.value
        depth = 0
        variables.insert(assignment.variable)
      }
      continued = goesOn ? variable : nil
      guard let variable else { continue }
      for word in rest.split(whereSeparator: \.isWhitespace) {
        if depth == 0, Self.isPlain(word) {
          items.append(
            Item(variable: variable, object: Object(name: String(word), line: index + 1)))
        }
        depth += word.count { $0 == "(" } - word.count { $0 == ")" }
      }
    }
    collect(items, variables)
  }

  private mutating func collect(_ items: [Item], _ variables: Set<String>) {
    var seen: Set<String> = []
    var goals: Set<String> = []
    for item in items where Self.isGoal(item.variable) {
      if item.object.name.hasSuffix(".o") { goals.insert(String(item.object.name.dropLast(2))) }
      if seen.insert(item.object.name).inserted { objects.append(item.object) }
    }
    // `foo-y := a.o` makes foo.o of its parts.
    let wholes = Set(variables.compactMap(Self.whole)).intersection(goals)
    for item in items {
      guard let whole = Self.whole(item.variable), wholes.contains(whole) else { continue }
      if seen.insert(item.object.name).inserted { objects.append(item.object) }
    }
    objects.removeAll { wholes.contains(String($0.name.dropLast(2))) }
  }

  /// `name-y += value` with or without spaces around the sign.
  private static func assignment(_ line: Substring) -> (variable: String, value: Substring)? {
    guard line.first != "\t", let sign = line.firstIndex(of: "=") else { return nil }
    var name = line[..<sign]
    if let last = name.last, "+:?".contains(last) { name.removeLast() }
    if name.last == ":" { name.removeLast() }
    let words = name.split(whereSeparator: \.isWhitespace)
    guard words.count == 1 else { return nil }
    return (String(words[0]), line[line.index(after: sign)...])
  }

  /// `foo` of `foo-y`, `foo-objs` and `foo-$(CONFIG_X)`.
  private static func whole(_ variable: String) -> String? {
    for suffix in ["-y", "-m", "-objs"] where variable.hasSuffix(suffix) {
      return String(variable.dropLast(suffix.count))
    }
    return variable.firstRange(of: "-$(").map { String(variable[..<$0.lowerBound]) }
  }

  private static func isGoal(_ variable: String) -> Bool {
    guard let name = whole(variable) else { return false }
    return name == "obj" || (name == "lib" && !variable.hasSuffix("-objs"))
  }

  /// False for variables, patterns, and names with a suffix that a rule makes.
  private static func isPlain(_ word: Substring) -> Bool {
    guard word.hasSuffix(".o") || word.hasSuffix("/") else { return false }
    let stem = word.hasSuffix(".o") ? word.dropLast(2) : word.dropLast()
    return !stem.isEmpty
      && stem.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/")
          || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      }
  }
}
