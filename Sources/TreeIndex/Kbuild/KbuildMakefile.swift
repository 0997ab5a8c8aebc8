/// The lists of objects that one Makefile builds.
struct KbuildMakefile: Sendable {
  /// An object's name in a list, and how the list is linked.
  private struct Entry: Sendable {
    /// `obj`, `lib`, or the name of a composite.
    var list: String
    /// `y`, `m`, `objs`, or the symbol of `$(CONFIG_X)`.
    var link: String
  }

  /// The lists that name an object, by its path below the folder.
  private var entries: [String: [Entry]] = [:]

  /// Reads assignments such as `foo-$(CONFIG_BAR) += a.o sub/b.o`.
  init(_ text: String) {
    var lists: [(name: String, words: [String])] = []
    for line in Self.lines(text) {
      guard let assignment = Self.assignment(line) else { continue }
      lists.append(assignment)
    }
    var variables: [String: [String]] = [:]
    for list in lists { variables[list.name, default: []] += list.words }
    for list in lists {
      guard let entry = Self.entry(list.name) else { continue }
      for word in Self.expanded(list.words, variables) where word.hasSuffix(".o") {
        entries[word, default: []].append(entry)
      }
    }
  }

  /// Lines without comments, continued ones joined.
  private static func lines(_ text: String) -> [String] {
    var result: [String] = []
    var open = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasSuffix("\\") {
        open += line.dropLast() + " "
        continue
      }
      let whole = open + line
      open = ""
      result.append(String(whole.prefix { $0 != "#" }))
    }
    return result
  }

  /// `name := words`, `name += words`, `name = words`.
  private static func assignment(_ line: String) -> (name: String, words: [String])? {
    guard let sign = line.firstIndex(of: "=") else { return nil }
    var name = line[..<sign]
    while let last = name.last, last == ":" || last == "+" || last == "?" || last.isWhitespace {
      name = name.dropLast()
    }
    name = name.drop(while: \.isWhitespace)
    guard !name.isEmpty, !name.contains(where: \.isWhitespace) else { return nil }
    let words = line[line.index(after: sign)...].split(whereSeparator: \.isWhitespace)
    return (String(name), words.map(String.init))
  }

  /// What the name of a variable says of its list; nil when it is no list of objects.
  private static func entry(_ name: String) -> Entry? {
    for (open, close) in [("-$(CONFIG_", ")"), ("-${CONFIG_", "}")] {
      if let start = name.firstRange(of: open), name.hasSuffix(close) {
        return Entry(
          list: String(name[..<start.lowerBound]),
          link: String(name[start.upperBound...].dropLast()))
      }
    }
    for link in ["y", "m", "objs"] where name.hasSuffix("-" + link) {
      return Entry(list: String(name.dropLast(link.count + 1)), link: link)
    }
    return nil
  }

  /// The words with `$(name)` replaced by the words of that variable, one level deep.
  private static func expanded(_ words: [String], _ variables: [String: [String]]) -> [String] {
    words.flatMap { word -> [String] in
      guard word.hasPrefix("$("), word.hasSuffix(")") else { return [word] }
      return variables[String(word.dropFirst(2).dropLast())] ?? []
    }
  }

  /// What becomes of the object; nil when no list names it.
  ///
  /// - Parameter isTristate: Whether a symbol may be `m`.
  func role(of object: String, isTristate: (String) -> Bool, depth: Int = 0) -> KbuildRoles.Role? {
    guard depth < 4, let found = entries[object] else { return nil }
    var best: KbuildRoles.Role?
    for entry in found {
      guard let role = role(entry, object, isTristate, depth) else { continue }
      // Where one list builds it in, it is built in.
      if role == .builtIn { return .builtIn }
      best = best ?? role
    }
    return best
  }

  private func role(
    _ entry: Entry, _ object: String, _ isTristate: (String) -> Bool, _ depth: Int
  ) -> KbuildRoles.Role? {
    switch entry.list {
    case "obj":
      if entry.link == "y" || (entry.link != "m" && !isTristate(entry.link)) { return .builtIn }
      let name = object.split(separator: "/").last.map { String($0.dropLast(2)) } ?? object
      return .module(name)
    case "lib", "core", "libs", "drivers", "head", "extra", "pi": return .builtIn
    default:
      return role(of: entry.list + ".o", isTristate: isTristate, depth: depth + 1)
    }
  }
}
