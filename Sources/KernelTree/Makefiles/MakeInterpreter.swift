import GitKit

/// Reads a kbuild Makefile for the values of its variables; recipes and shells are never run.
///
/// It knows the assignments, conditionals, `include`, `define` and the text functions of GNU make.
/// `$(shell …)` is empty, `$(call cc-option,X)` is X, rules are passed over. Work is bounded: what
/// goes beyond the budget expands to nothing.
struct MakeInterpreter {
  /// A variable is expanded when it is set (`:=`) or each time it is used (`=`).
  struct Variable {
    var text: String
    var isSimple: Bool
  }

  let source: any TreeSource
  /// Absolute path of the tree's root, the value of `$(srctree)`.
  let root: String
  /// `CONFIG_` symbols without the prefix.
  let configuration: [String: String]
  private(set) var variables: [String: Variable] = [:]

  /// Rules in their order, expanded as they were read; only kept when wanted.
  private(set) var rules: [(targets: String, rest: String)] = []
  var keepsRules = false

  /// Bytes that may still be produced by expansion.
  var budget = 16_000_000
  var depth = 0
  private var includeDepth = 0
  static let depthLimit = 60

  init(source: any TreeSource, root: String, configuration: [String: String]) {
    self.source = source
    self.root = root
    self.configuration = configuration
  }

  /// The raw variable, `CONFIG_X` included.
  func variable(_ name: String) -> Variable? {
    if let variable = variables[name] { return variable }
    guard name.hasPrefix("CONFIG_") else { return nil }
    return configuration[String(name.dropFirst(7))].map { Variable(text: $0, isSimple: true) }
  }

  /// The expanded value split at blanks.
  mutating func words(_ name: String) -> [String] {
    value(name).split(whereSeparator: \.isWhitespace).map(String.init)
  }

  mutating func set(_ name: String, to text: String, isSimple: Bool = true) {
    variables[name] = Variable(text: text, isSimple: isSimple)
  }

  /// Runs the file of the tree when there is one; false when there is none.
  @discardableResult
  mutating func run(file path: String) throws -> Bool {
    guard includeDepth < 16, budget > 0, let bytes = try source.read(path) else { return false }
    // Also what files cost that include each other over and over.
    budget -= bytes.count + 20_000
    includeDepth += 1
    defer { includeDepth -= 1 }
    try run(text: String(decoding: bytes, as: UTF8.self))
    return true
  }

  /// Runs the lines of a Makefile.
  mutating func run(text: String) throws {
    var reader = MakeLines(text)
    var conditions = MakeConditions()
    var isInRule = false
    while budget > 0, let line = reader.next() {
      if isInRule && line.isRecipe { continue }
      let text = line.text
      let word = text.prefix { !$0.isWhitespace && $0 != "(" }
      switch word {
      case "ifeq", "ifneq", "ifdef", "ifndef":
        conditions.open(conditions.isActive && holds(word, text.dropFirst(word.count)))
      case "else":
        let rest = text.dropFirst(4).trimmed
        let second = rest.prefix { !$0.isWhitespace && $0 != "(" }
        let isOpen = conditions.mayTurn
        conditions.turn(
          second.isEmpty || (isOpen && holds(second, rest.dropFirst(second.count))))
      case "endif": conditions.close()
      case "define": readDefinition(text, &reader, isActive: conditions.isActive)
      default:
        guard conditions.isActive, !text.isEmpty else { continue }
        isInRule = try runStatement(word, text)
      }
    }
  }

  /// An include, an assignment or a rule; true when it is a rule, so that recipes may follow.
  private mutating func runStatement(_ word: Substring, _ text: Substring) throws -> Bool {
    switch word {
    case "include", "-include", "sinclude":
      for path in expand(text.dropFirst(word.count)).split(whereSeparator: \.isWhitespace) {
        if let path = treePath(path) { try run(file: path) }
      }
      return false
    case "export", "override", "private":
      let rest = text.dropFirst(word.count).trimmed
      if let assignment = MakeAssignment(rest) { assign(assignment) }
      return false
    case "unexport", "undefine", "vpath": return false
    default: break
    }
    if let assignment = MakeAssignment(text) {
      assign(assignment)
      return false
    }
    if text.first == "$" && !text.contains(":") {
      // A line such as `$(eval …)` or `$(call define,…)` is run for what it expands to.
      let result = expand(text)
      if !result.trimmed.isEmpty && depth < Self.depthLimit {
        depth += 1
        try run(text: result)
        depth -= 1
      }
      return false
    }
    if keepsRules, let colon = text.firstIndex(of: ":") {
      rules.append((expand(text[..<colon]), expand(text[text.index(after: colon)...])))
    }
    return true
  }

  mutating func assign(_ assignment: MakeAssignment) {
    let name = expand(assignment.name).trimmed
    guard !name.isEmpty else { return }
    let text = assignment.text
    switch assignment.kind {
    case .recursive: variables[String(name)] = Variable(text: String(text), isSimple: false)
    case .simple: variables[String(name)] = Variable(text: expand(text), isSimple: true)
    case .conditional:
      if variable(String(name)) == nil {
        variables[String(name)] = Variable(text: String(text), isSimple: false)
      }
    case .append:
      var old = variable(String(name)) ?? Variable(text: "", isSimple: false)
      let added = old.isSimple ? expand(text) : String(text)
      guard old.text.utf8.count + added.utf8.count < budget else { return }
      old.text += (old.text.isEmpty ? "" : " ") + added
      variables[String(name)] = old
    case .shell: variables[String(name)] = Variable(text: "", isSimple: true)
    }
  }

  private mutating func readDefinition(
    _ text: Substring, _ reader: inout MakeLines, isActive: Bool
  ) {
    let body = reader.definition()
    guard isActive else { return }
    let name = text.dropFirst(6).trimmed.prefix { !$0.isWhitespace }
    variables[expand(name)] = Variable(text: body, isSimple: false)
  }

  /// Whether an `ifeq`, `ifneq`, `ifdef` or `ifndef` holds.
  private mutating func holds(_ word: Substring, _ rest: Substring) -> Bool {
    switch word {
    case "ifdef": !(variable(String(expand(rest).trimmed))?.text.isEmpty ?? true)
    case "ifndef": variable(String(expand(rest).trimmed))?.text.isEmpty ?? true
    case "ifeq", "ifneq":
      MakeConditions.operands(of: rest.trimmed).map {
        (expand($0.0).trimmed == expand($0.1).trimmed) == (word == "ifeq")
      } ?? false
    default: false
    }
  }

  /// The path inside the tree that a Makefile names; nil when it lies elsewhere.
  func treePath(_ path: some StringProtocol) -> String? {
    guard let path = TreePath.normalized(path) else { return nil }
    guard path.first == "/" else { return path }
    // Before Linux 6.10 `$(src)` was relative and Makefiles wrote `$(srctree)/$(src)`.
    var inner = path
    while let relative = TreePath.relative(inner, to: root) {
      inner = "/" + relative
      if !inner.hasPrefix(root + "/") { return relative }
    }
    return nil
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmed: SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return self[endIndex...] }
    return self[first...last]
  }
}
