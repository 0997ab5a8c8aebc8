/// The functions of GNU make that kernel Makefiles use to compute text.
enum MakeFunction: String {
  case addprefix, addsuffix, and, basename, call, dir, error, eval, filter
  case filterOut = "filter-out"
  case findstring, firstword, foreach
  case `if` = "if"
  case info, join, lastword, notdir, or, origin, patsubst, realpath, abspath, shell, sort, strip
  case subst, suffix, value, warning, wildcard, word, wordlist, words

  /// Every word of `text` that matches `from`, which has one `%`, replaced by `to`.
  static func substituted(_ text: String, from: String, to: String) -> String {
    split(text).map { word in
      guard let stem = stem(of: word, pattern: from) else { return word }
      guard let percent = to.firstIndex(of: "%") else { return to }
      return to[..<percent] + stem + to[to.index(after: percent)...]
    }.joined(separator: " ")
  }

  static func split(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// What `%` stands for when `word` matches; "" for an equal word without `%`.
  static func stem(of word: String, pattern: String) -> String? {
    guard let percent = pattern.firstIndex(of: "%") else { return word == pattern ? "" : nil }
    let prefix = pattern[..<percent]
    let suffix = pattern[pattern.index(after: percent)...]
    guard word.utf8.count >= prefix.utf8.count + suffix.utf8.count, word.hasPrefix(prefix),
      word.hasSuffix(suffix)
    else { return nil }
    return String(word.dropFirst(prefix.count).dropLast(suffix.count))
  }
}

extension MakeInterpreter {
  /// The value of a function; arguments are not yet expanded.
  mutating func call(_ function: MakeFunction, _ raw: [Substring]) -> String {
    switch function {
    case .if:
      let holds = !expand(raw[0].trimmed).isEmpty
      return holds ? expand(at: 1, raw) : expand(at: 2, raw)
    case .or:
      for part in raw { if case let text = expand(part.trimmed), !text.isEmpty { return text } }
      return ""
    case .and:
      var last = ""
      for part in raw {
        last = expand(part.trimmed)
        if last.isEmpty { return "" }
      }
      return last
    case .foreach: return forEach(raw)
    case .call: return callUser(raw)
    case .shell, .info, .warning, .error: return ""
    case .eval:
      let text = expand(at: 0, raw)
      // What the text sets stays; a file that cannot be read there is as if it were missing.
      try? run(text: text)
      return ""
    default:
      let arguments = raw.indices.map { expand(at: $0, raw) }
      return Self.onWords(function, arguments) ?? onNames(function, arguments)
    }
  }

  private mutating func expand(at index: Int, _ raw: [Substring]) -> String {
    index < raw.count ? expand(raw[index]) : ""
  }

  private mutating func forEach(_ raw: [Substring]) -> String {
    guard raw.count >= 3 else { return "" }
    let name = String(expand(raw[0]).trimmed)
    let list = MakeFunction.split(expand(raw[1]))
    let body = raw[2...].joined(separator: ",")
    let saved = variable(name)
    var results: [String] = []
    for word in list where budget > 0 {
      set(name, to: word)
      results.append(expand(Substring(body)))
    }
    set(name, to: saved?.text ?? "", isSimple: saved?.isSimple ?? true)
    return results.joined(separator: " ")
  }

  /// `$(call name,…)`: kbuild's compiler tests are answered, other names are the Makefile's own.
  private mutating func callUser(_ raw: [Substring]) -> String {
    let name = String(expand(raw[0]).trimmed)
    let arguments = raw.dropFirst().map { expand($0) }
    if variable(name) == nil {
      switch name {
      case "cc-option", "cc-option-yn", "as-option", "cc-disable-warning":
        return arguments.first.map { String($0.trimmed) } ?? ""
      default: return ""
      }
    }
    guard depth < Self.depthLimit else { return "" }
    let saved = (0...9).map { variable(String($0)) }
    for (index, argument) in ([name] + arguments).prefix(10).enumerated() {
      set(String(index), to: argument)
    }
    let result = value(name)
    for (index, old) in saved.enumerated() {
      set(String(index), to: old?.text ?? "", isSimple: old?.isSimple ?? true)
    }
    return result
  }

  /// Functions that ask for variables or for files of the tree.
  private func onNames(_ function: MakeFunction, _ arguments: [String]) -> String {
    switch function {
    case .origin: variable(arguments[0]) == nil ? "undefined" : "file"
    case .value: variable(arguments[0])?.text ?? ""
    case .wildcard:
      MakeFunction.split(arguments[0]).flatMap(matches).joined(separator: " ")
    default: ""
    }
  }

  /// Files and folders of the tree for a pattern whose last part may have `*`.
  private func matches(_ pattern: String) -> [String] {
    guard let path = treePath(pattern) else { return [] }
    let folder = TreePath.folder(of: path)
    guard let names = try? source.list(folder) else { return [] }
    let glob = Glob(TreePath.name(of: path))
    let start = TreePath.folder(of: pattern)
    return names.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
      .filter(glob.matches).map { TreePath.joined(start, $0) }
  }
}
