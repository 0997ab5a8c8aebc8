import GitKit

/// Reads a tree's Kconfig files into a model.
///
/// It is lenient: a line that it does not know is passed over, a file that is missing is noted in
/// `files` and left out. Work is bounded in files, bytes and nesting, so that files which include
/// each other end.
struct KconfigParser {
  private(set) var model = KconfigModel()
  /// Every file that was asked for, with its blob id; nil where it was missing.
  private(set) var files: [String: ObjectID?] = [:]
  private var macros: KconfigMacros
  private let source: any TreeSource
  private var scopes: [Int32] = []
  private var scope: Int32 = 0
  private var subject = Subject.none
  /// Kind of the statement that is read: attributes belong to it.
  private enum Subject {
    case none
    case entry(Int)
    case choice(Int)
    case menu(Int)
  }
  private var openChoices: [Int32] = []
  private var openFiles: [String] = []
  private var budget = 160_000_000

  /// Reads `Kconfig` and what it sources.
  init(source: any TreeSource, environment: [String: String]) throws {
    self.source = source
    macros = KconfigMacros(environment: environment)
    model.scopes.append(.init(parent: -1))
    try read("Kconfig")
  }

  // MARK: Files

  private mutating func read(_ path: String) throws {
    guard openFiles.count < 50, !openFiles.contains(path), budget > 0 else { return }
    let bytes = try source.read(path)
    files[path] = bytes == nil ? .some(nil) : try source.blobID(of: path)
    guard let bytes else { return }
    budget -= bytes.count + 20_000
    openFiles.append(path)
    defer { openFiles.removeLast() }
    var lines = KconfigLines(bytes)
    var help = HelpText()
    while budget > 0, let line = lines.next() {
      if help.takes(line) { continue }
      try take(line, in: path, &help)
    }
  }

  /// `source "x"`: a path from the root, or from this file's folder; globs name many files.
  private mutating func readSources(
    _ keyword: String, _ tokens: ArraySlice<KconfigLine.Token>, in path: String
  ) throws {
    guard case .quoted(let text)? = tokens.first else {
      if case .word(let text)? = tokens.first { try readSource(text, keyword, in: path) }
      return
    }
    try readSource(text, keyword, in: path)
  }

  private mutating func readSource(_ text: String, _ keyword: String, in path: String) throws {
    let isRelative = keyword == "rsource" || keyword == "orsource"
    let joined = isRelative ? TreePath.joined(TreePath.folder(of: path), text) : text
    guard let target = TreePath.normalized(joined) else { return }
    subject = .none
    for file in try expanded(target) { try read(file) }
    subject = .none
  }

  /// The files that a path with `*` names; the path itself without one.
  private func expanded(_ path: String) throws -> [String] {
    guard path.contains("*") || path.contains("?") else { return [path] }
    var found = [""]
    let parts = path.split(separator: "/")
    for (index, part) in parts.enumerated() {
      let glob = Glob(part)
      let isLast = index == parts.count - 1
      var next: [String] = []
      for folder in found.prefix(1_000) {
        for name in try source.list(folder) {
          let plain = name.hasSuffix("/") ? name.dropLast() : name[...]
          if (name.hasSuffix("/") != isLast) && glob.matches(plain) {
            next.append(TreePath.joined(folder, plain))
          }
        }
      }
      found = next
    }
    return found
  }

  // MARK: Statements

  private mutating func take(_ raw: Substring, in path: String, _ help: inout HelpText) throws {
    let text = raw.trimmed
    guard let first = text.utf8.first, first != UInt8(ascii: "#") else { return }
    if setMacro(text) { return }
    let line =
      text.utf8.contains(UInt8(ascii: "$"))
      ? KconfigLine(macros.expand(text)[...]) : KconfigLine(text)
    guard case .word(let keyword)? = line.tokens.first else { return }
    let rest = line.tokens.dropFirst()
    switch keyword {
    case "config", "menuconfig": beginEntry(rest)
    case "choice": beginChoice()
    case "menu":
      push(.init(parent: scope))
      subject = .menu(Int(scope))
    case "if":
      push(.init(parent: scope, conditions: [compile(rest)]))
    case "endif", "endmenu": pop()
    case "endchoice":
      _ = openChoices.popLast()
      pop()
    case "comment", "mainmenu": subject = .none
    case "source", "rsource", "osource", "orsource":
      try readSources(keyword, rest, in: path)
    case "help", "---help---": help.begin()
    default: takeAttribute(keyword, rest)
    }
  }

  /// `name := text`, `name = text` or `name += text` at the start of a statement.
  private mutating func setMacro(_ text: Substring) -> Bool {
    let name = text.prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-")
    }
    guard !name.isEmpty else { return false }
    let rest = text[name.endIndex...].drop { $0 == " " || $0 == "\t" }
    for sign in [":=", "+=", "="] where rest.hasPrefix(sign) {
      let value = rest.dropFirst(sign.count).trimmed
      macros.set(
        String(name), to: sign == "=" ? value : Substring(macros.expand(value)),
        appending: sign == "+=")
      return true
    }
    return false
  }

  private mutating func beginEntry(_ tokens: ArraySlice<KconfigLine.Token>) {
    subject = .none
    guard case .word(let name)? = tokens.first else { return }
    let symbol = model.symbol(name)
    guard model.symbols[Int(symbol)].kind != .constant else { return }
    let index = model.entries.count
    model.entries.append(.init(symbol: symbol, scope: scope))
    model.symbols[Int(symbol)].entries.append(Int32(index))
    if let choice = openChoices.last {
      model.symbols[Int(symbol)].choice = choice
      model.choices[Int(choice)].members.append(symbol)
    }
    subject = .entry(index)
  }

  private mutating func beginChoice() {
    let index = model.choices.count
    model.choices.append(.init(scope: scope))
    push(.init(parent: scope))
    openChoices.append(Int32(index))
    subject = .choice(index)
  }

  private mutating func push(_ new: KconfigModel.Scope) {
    scopes.append(scope)
    scope = Int32(model.scopes.count)
    model.scopes.append(new)
    subject = .none
  }

  private mutating func pop() {
    if let last = scopes.popLast() { scope = last }
    subject = .none
  }

  private mutating func compile(
    _ tokens: ArraySlice<KconfigLine.Token>
  ) -> KconfigModel.Expression {
    tokens.isEmpty ? .always : KconfigExpression.compile(tokens, into: &model)
  }

  // MARK: Attributes

  private mutating func takeAttribute(
    _ keyword: String, _ tokens: ArraySlice<KconfigLine.Token>
  ) {
    let (value, condition) = Self.split(tokens)
    switch subject {
    case .entry(let index): takeEntryAttribute(keyword, value, condition, index)
    case .choice(let index): takeChoiceAttribute(keyword, value, condition, index)
    case .menu(let index):
      switch keyword {
      case "depends": model.scopes[index].conditions.append(dependency(value, condition))
      case "visible": model.scopes[index].visibleIf.append(compile(condition ?? []))
      default: break
      }
    case .none: break
    }
  }

  private mutating func takeEntryAttribute(
    _ keyword: String, _ value: ArraySlice<KconfigLine.Token>,
    _ condition: ArraySlice<KconfigLine.Token>?, _ index: Int
  ) {
    let symbol = Int(model.entries[index].symbol)
    let holds = compile(condition ?? [])
    switch keyword {
    case "bool", "tristate", "int", "hex", "string":
      model.symbols[symbol].kind = Self.kinds[keyword] ?? .bool
      if !value.isEmpty { model.entries[index].prompts.append(holds) }
    case "prompt": model.entries[index].prompts.append(holds)
    case "def_bool", "def_tristate":
      model.symbols[symbol].kind = keyword == "def_bool" ? .bool : .tristate
      model.entries[index].defaults.append((compile(value), holds))
    case "default": model.entries[index].defaults.append((compile(value), holds))
    case "depends": model.entries[index].depends.append(dependency(value, condition))
    case "select", "imply":
      guard case .word(let name)? = value.first else { return }
      let target = Int(model.symbol(name))
      let reverse = KconfigModel.Reverse(
        symbol: Int32(symbol), entry: Int32(index), condition: holds)
      if keyword == "select" {
        model.symbols[target].selectedBy.append(reverse)
      } else {
        model.symbols[target].impliedBy.append(reverse)
      }
    case "range":
      let bounds = value.compactMap { token -> Int32? in
        switch token {
        case .word(let name): model.symbol(name)
        case .quoted(let text): model.constant(text)
        case .sign: nil
        }
      }
      if bounds.count == 2 { model.entries[index].ranges.append((bounds[0], bounds[1], holds)) }
    default: break
    }
  }

  private mutating func takeChoiceAttribute(
    _ keyword: String, _ value: ArraySlice<KconfigLine.Token>,
    _ condition: ArraySlice<KconfigLine.Token>?, _ index: Int
  ) {
    switch keyword {
    case "prompt", "bool", "tristate":
      guard !value.isEmpty else { return }
      model.choices[index].hasPrompt = true
      model.choices[index].promptCondition = compile(condition ?? [])
    case "default":
      guard case .word(let name)? = value.first else { return }
      let symbol = model.symbol(name)
      model.choices[index].defaults.append((symbol, compile(condition ?? [])))
    case "depends": model.choices[index].depends.append(dependency(value, condition))
    case "optional": model.choices[index].isOptional = true
    default: break
    }
  }

  /// `depends on A if B` binds only where B holds.
  private mutating func dependency(
    _ value: ArraySlice<KconfigLine.Token>, _ condition: ArraySlice<KconfigLine.Token>?
  ) -> KconfigModel.Expression {
    let value = value.first == .word("on") ? value.dropFirst() : value
    guard let condition else { return compile(value) }
    let open = KconfigLine.Token.sign("(")
    let close = KconfigLine.Token.sign(")")
    let either = [open] + value + [close, .sign("||"), .sign("!"), open] + condition + [close]
    return compile(either[...])
  }

  /// The part before `if` and the part after it.
  private static func split(
    _ tokens: ArraySlice<KconfigLine.Token>
  ) -> (ArraySlice<KconfigLine.Token>, ArraySlice<KconfigLine.Token>?) {
    guard let index = tokens.firstIndex(of: .word("if")) else { return (tokens, nil) }
    return (tokens[..<index], tokens[(index + 1)...])
  }

  private static let kinds: [String: KconfigModel.Kind] = [
    "bool": .bool, "tristate": .tristate, "int": .int, "hex": .hex, "string": .string,
  ]
}
