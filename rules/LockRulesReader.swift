/// Turns a rules document into values.
struct LockRulesReader {
  /// The rules so far.
  var rules: LockRules
  /// Functions of which this document has said something; what was known before is replaced.
  private var replaced: Set<String> = []
  private var familyIndex: [String: Int] = [:]

  init(adding rules: LockRules) {
    self.rules = rules
    for (index, family) in rules.families.enumerated() { familyIndex[family.name] = index }
  }

  private static let sections = [
    "families", "identities", "transparent-members", "transparent-calls", "transparent-macros",
    "warning-macros", "pure-calls", "even-results", "set-variables", "unjudged-files",
    "taking-words", "holding-words", "completion-results",
    "assertions", "queries", "annotations", "never-return", "sleepers", "allocators",
    "context-queries",
    "gfp-may-sleep",
    // Read by ExportRules; one file of a user may hold rules about both.
    "export-macros",
  ]

  mutating func read(_ document: RulesNode) throws(RulesError) {
    let fields = try document.fields(Self.sections, of: "a rules file")
    // Families first: assertions and queries refer to them.
    if let node = fields["families"] {
      for family in try node.elements(of: "families") { try readFamily(family) }
    }
    if let node = fields["identities"] {
      for (name, value) in try node.pairs(of: "functions with an argument's index each") {
        rules.identities[name] = try value.argument()
      }
    }
    if let node = fields["transparent-members"] {
      rules.transparentMembers.formUnion(try node.names())
    }
    if let node = fields["transparent-calls"] {
      rules.transparentCalls.formUnion(try node.names())
    }
    if let node = fields["pure-calls"] { rules.pureCalls.formUnion(try node.names()) }
    if let node = fields["even-results"] { rules.evenResults.formUnion(try node.names()) }
    if let node = fields["taking-words"] { rules.takingWords.formUnion(try node.names()) }
    if let node = fields["holding-words"] { rules.holdingWords.formUnion(try node.names()) }
    if let node = fields["completion-results"] {
      for number in try node.elements(of: "numbers") {
        rules.completionResults.insert(try number.number())
      }
    }
    if let node = fields["set-variables"] { rules.setVariables.formUnion(try node.names()) }
    if let node = fields["transparent-macros"] {
      rules.transparentMacros.formUnion(try node.names())
    }
    if let node = fields["warning-macros"] {
      rules.warningMacros.formUnion(try node.names())
    }
    if let node = fields["unjudged-files"] {
      for path in try node.elements(of: "paths") {
        rules.unjudgedFiles.insert(try path.text("the path of a file"))
      }
    }
    if let node = fields["assertions"] {
      for entry in try node.elements(of: "assertions") { try readAssertion(entry) }
    }
    if let node = fields["queries"] {
      for entry in try node.elements(of: "queries") { try readQuery(entry) }
    }
    if let node = fields["annotations"] {
      for entry in try node.elements(of: "annotations") { try readAnnotation(entry) }
    }
    if let node = fields["never-return"] { rules.neverReturn.formUnion(try node.names()) }
    if let node = fields["sleepers"] { rules.sleepers.formUnion(try node.names()) }
    if let node = fields["context-queries"] { rules.contextQueries.formUnion(try node.names()) }
    if let node = fields["allocators"] {
      for entry in try node.elements(of: "allocators") { try readAllocators(entry) }
    }
    if let node = fields["gfp-may-sleep"] { rules.gfpMaySleep = try node.number() }
  }

  private mutating func readFamily(_ node: RulesNode) throws(RulesError) {
    let actions = LockOperation.Action.allCases.map(\.rawValue)
    let fields = try node.fields(
      [
        "name", "title", "nesting", "atomic", "acquire-sleeps", "handed-over", "context",
        "variants",
      ]
        + actions,
      of: "a family")
    guard let nameNode = fields["name"] else { throw node.error("expected a name in the family") }
    let name = try nameNode.name()
    let index: Int
    if let known = familyIndex[name] {
      index = known
    } else {
      index = rules.families.count
      familyIndex[name] = index
      rules.families.append(LockFamily(name: name, title: name))
    }
    if let node = fields["title"] { rules.families[index].title = try node.text("a title") }
    if let node = fields["nesting"] {
      rules.families[index].nesting = try node.choice(LockFamily.Nesting.self)
    }
    if let node = fields["atomic"] { rules.families[index].isAtomic = try node.flag() }
    if let node = fields["acquire-sleeps"] {
      rules.families[index].acquireSleeps = try node.flag()
    }
    if let node = fields["handed-over"] { rules.families[index].isHandedOver = try node.flag() }
    if let node = fields["context"] { rules.families[index].isContext = try node.flag() }
    if let node = fields["variants"] {
      for variant in try node.elements(of: "variants") {
        rules.families[index].variants.insert(try variant.choice(LockVariant.self))
      }
    }
    for action in LockOperation.Action.allCases {
      guard let list = fields[action.rawValue] else { continue }
      for entry in try list.elements(of: "operations") {
        try readOperation(entry, action: action, family: index)
      }
    }
  }

  private mutating func readOperation(
    _ node: RulesNode, action: LockOperation.Action, family: Int
  ) throws(RulesError) {
    let fields = try node.fields(
      ["functions", "lock", "mode", "variant", "taken", "token", "sleeps", "when", "unless"],
      of: "an operation")
    guard let functions = fields["functions"] else {
      throw node.error("expected functions: [name, …] in the operation")
    }
    let names = try functions.names()
    let isContext = rules.families[family].isContext
    var lock = LockPath(root: isContext ? .context : .argument(0), steps: [])
    if !isContext { lock.steps = [.dereference] }
    if let node = fields["lock"] { lock = try node.lockPath() }
    var operation = LockOperation(
      function: names[0], spokenName: names[0], family: family, action: action, lock: lock)
    if action == .downgrade { operation.mode = .shared }
    if let node = fields["mode"] { operation.mode = try node.choice(LockMode.self) }
    if let node = fields["variant"] { operation.variant = try node.choice(LockVariant.self) }
    if let node = fields["taken"] {
      guard action != .release else {
        throw node.error("expected no ‘taken’: a release does not depend on the result")
      }
      operation.outcome = try node.choice(LockOutcome.self)
    }
    if let node = fields["token"] { operation.token = try node.lockToken() }
    operation.sleeps =
      rules.families[family].acquireSleeps && (action == .acquire || action == .upgrade)
    if let node = fields["sleeps"] { operation.sleeps = try node.flag() }
    if let node = fields["when"] {
      operation.condition = try readCondition(node, isNegated: false)
    }
    if let node = fields["unless"] {
      guard fields["when"] == nil else { throw node.error("expected either when or unless") }
      operation.condition = try readCondition(node, isNegated: true)
    }

    operation.position = rules.operations.count
    for (rank, name) in names.enumerated() {
      if replaced.insert(name).inserted { rules.operations[name] = [] }
      operation.function = name
      operation.rank = rank
      rules.operations[name, default: []].append(operation)
    }
  }

  private func readCondition(
    _ node: RulesNode, isNegated: Bool
  ) throws(RulesError) -> LockOperation.Condition {
    let fields = try node.fields(["argument", "is"], of: "a condition")
    guard let argument = fields["argument"], let value = fields["is"] else {
      throw node.error("expected {argument: index, is: number}")
    }
    return LockOperation.Condition(
      argument: try argument.argument(), value: try value.number(), isNegated: isNegated)
  }

  private func readFamilyName(_ node: RulesNode?) throws(RulesError) -> Int? {
    guard let node else { return nil }
    guard let index = familyIndex[try node.name()] else {
      throw node.expected("the name of a family")
    }
    return index
  }

  private mutating func readAssertion(_ node: RulesNode) throws(RulesError) {
    let fields = try node.fields(["names", "claims", "lock", "family"], of: "an assertion")
    guard let names = fields["names"], let claim = fields["claims"] else {
      throw node.error("expected names: [name, …] and claims: … in the assertion")
    }
    let path = try fields["lock"]?.lockPath()
    for name in try names.names() {
      rules.assertions[name] = LockAssertion(
        name: name, claim: try claim.choice(LockAssertion.Claim.self),
        lock: path ?? LockPath(root: .argument(0), steps: [.dereference]),
        family: try readFamilyName(fields["family"]))
    }
  }

  /// Whom the answer of a query is about.
  private enum Subject: String, CaseIterable {
    case caller
    case anyone
  }

  private mutating func readQuery(_ node: RulesNode) throws(RulesError) {
    let fields = try node.fields(["names", "about", "lock", "family"], of: "a query")
    guard let names = fields["names"], let about = fields["about"] else {
      throw node.error("expected names: [name, …] and about: caller or anyone in the query")
    }
    let path = try fields["lock"]?.lockPath()
    for name in try names.names() {
      rules.queries[name] = LockQuery(
        name: name, lock: path ?? LockPath(root: .argument(0), steps: [.dereference]),
        isAboutCaller: try about.choice(Subject.self) == .caller,
        family: try readFamilyName(fields["family"]))
    }
  }

  private mutating func readAnnotation(_ node: RulesNode) throws(RulesError) {
    let fields = try node.fields(["names", "promises", "mode", "argument"], of: "an annotation")
    guard let names = fields["names"], let promise = fields["promises"] else {
      throw node.error("expected names: [name, …] and promises: … in the annotation")
    }
    for name in try names.names() {
      rules.annotations[name] = LockAnnotation(
        name: name, promise: try promise.choice(LockAnnotation.Promise.self),
        mode: try fields["mode"]?.choice(LockMode.self),
        argument: try fields["argument"]?.argument() ?? 0)
    }
  }

  private mutating func readAllocators(_ node: RulesNode) throws(RulesError) {
    let fields = try node.fields(["functions", "flags"], of: "allocators")
    guard let functions = fields["functions"], let flags = fields["flags"] else {
      throw node.error("expected functions: [name, …] and flags: index in the allocators")
    }
    let argument = try flags.number()
    guard (-8..<16).contains(argument) else { throw flags.expected("an argument's index") }
    for name in try functions.names() { rules.allocators[name] = Int(argument) }
  }
}
