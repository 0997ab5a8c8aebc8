import CSyntax

/// Builds the graph of a function from its statements.
struct GraphBuilder {
  let unit: SyntaxUnit
  let facts: ControlFacts
  var graph = Graph()
  /// The block that instructions go to.
  var current = 0
  /// Variables with a clean-up that live here, outermost first.
  var live: [VariableID] = []
  private var breaks: [Target] = []
  private var continues: [Target] = []
  private var switches: [SwitchFrame] = []
  private var labels: [StringID: Label] = [:]
  /// Statement nesting; beyond the limit the rest is unknown and the function not analysed.
  private var depth = 0
  private(set) var isComplete = true

  /// Where `break` or `continue` leads and how many variables live there.
  private struct Target {
    let block: Int
    let live: Int
    /// The block that each round begins with, for `continue`.
    var loop: Int?
  }

  private struct SwitchFrame {
    var cases: [Graph.Case] = []
    var otherwise: Int?
  }

  private struct Label {
    let block: Int
    let place: Place
    /// Variables with a clean-up that live at the label; nil until it is reached.
    var live: [VariableID]?
  }

  static let depthLimit = 2000

  init(unit: SyntaxUnit, facts: ControlFacts) {
    self.unit = unit
    self.facts = facts
    graph.blocks.append(Graph.Block())
  }

  /// Builds everything; the graph is not to be used when `isComplete` is false afterwards.
  mutating func build(_ function: Function) {
    guard !facts.isTooDeep(function) else {
      isComplete = false
      return
    }
    findLabels(of: function)
    lower(function.body)
    seal(.leave(function.end))
  }

  // MARK: Blocks

  mutating func newBlock(at place: Place = .none) -> Int {
    graph.blocks.append(Graph.Block(place: place))
    return graph.blocks.count - 1
  }

  mutating func emit(_ instruction: Graph.Instruction) {
    graph.blocks[current].instructions.append(instruction)
  }

  /// Ends the current block; what follows is unreachable until a block is entered.
  mutating func seal(_ terminator: Graph.Terminator) {
    graph.blocks[current].terminator = terminator
    current = newBlock()
  }

  /// Ends the current block with a jump to `block` and goes on there.
  mutating func enter(_ block: Int) {
    graph.blocks[current].terminator = .jump(block)
    current = block
  }

  // MARK: Scopes

  /// Runs the clean-ups of the variables beyond the first `count`, innermost first.
  private mutating func cleanUp(downTo count: Int, at place: Place) {
    for variable in live[count...].reversed() { emit(.cleanUp(variable, place)) }
  }

  private mutating func leave(to target: Target?, at place: Place, endingRound: Bool = false) {
    guard let target else {
      isComplete = false
      return
    }
    cleanUp(downTo: target.live, at: place)
    if endingRound, let loop = target.loop {
      graph.blocks[current].roundEnd = Graph.RoundEnd(place: place, loop: loop)
    }
    seal(.jump(target.block))
  }

  // MARK: Labels

  /// Gives every label of the function a block, also those inside statement expressions.
  private mutating func findLabels(of function: Function) {
    for statement in unit.statements[function.statements] where statement.kind == .label {
      labels[StringID(statement.a)] = Label(
        block: newBlock(at: statement.place), place: statement.place)
    }
  }

  private mutating func lowerGoto(_ name: StringID, at place: Place) {
    guard let label = labels[name] else {
      isComplete = false
      return
    }
    // A backward jump ends what was declared since the label; a forward one leaves the inner
    // scopes, which the label's own nesting tells.
    let kept = label.live ?? live.filter { label.place < (scopeEnds[$0] ?? Place.none) }
    var common = 0
    while common < min(kept.count, live.count), kept[common] == live[common] { common += 1 }
    cleanUp(downTo: common, at: place)
    seal(.jump(label.block))
  }

  /// Where the scope of each live variable ends.
  private var scopeEnds: [VariableID: Place] = [:]
  private var scopeStack: [Place] = []

  // MARK: Statements

  mutating func lower(_ id: StatementID) {
    guard depth < Self.depthLimit else {
      isComplete = false
      return
    }
    depth += 1
    defer { depth -= 1 }
    let statement = unit.statements[id.index]
    switch unit.form(of: id) {
    case .compound(let parts):
      inScope(ending: statement.end) { builder in parts.forEach { builder.lower($0) } }
    case .expression(let e): evaluate(e)
    case .declaration(let variables): variables.forEach { declare($0) }
    case .if(let condition, let then, let otherwise): lowerIf(condition, then, otherwise)
    case .while(let condition, let body):
      lowerLoop(statement, test: condition, step: nil, body: body, testFirst: true)
    case .do(let body, let condition):
      lowerLoop(statement, test: condition, step: nil, body: body, testFirst: false)
    case .for(let initial, let test, let step, let body):
      inScope(ending: statement.end) { builder in
        if let initial { builder.lower(initial) }
        builder.lowerLoop(statement, test: test, step: step, body: body, testFirst: true)
      }
    case .switch(let value, let body): lowerSwitch(value, body)
    case .case(let values, let inner):
      let block = newBlock(at: statement.place)
      enter(block)
      if switches.isEmpty {
        isComplete = false
      } else {
        switches[switches.count - 1].cases.append(Graph.Case(values: values, block: block))
      }
      lower(inner)
    case .default(let inner):
      let block = newBlock(at: statement.place)
      enter(block)
      if switches.isEmpty {
        isComplete = false
      } else {
        switches[switches.count - 1].otherwise = block
      }
      lower(inner)
    case .label(let name, let inner):
      if let label = labels[name] {
        labels[name]?.live = live
        enter(label.block)
      }
      lower(inner)
    case .goto(let name): lowerGoto(name, at: statement.place)
    case .indirectGoto(let target):
      evaluate(target)
      seal(.any(labels.values.map(\.block).sorted()))
    case .break: leave(to: breaks.last, at: statement.place)
    case .continue:
      leave(to: continues.last, at: statement.place, endingRound: true)
    case .return(let value):
      if let value { evaluate(value, as: { .result($0) }) }
      cleanUp(downTo: 0, at: statement.place)
      seal(.leave(statement.place))
    case .assembly(let names): lowerAssembly(names)
    case .empty: break
    case .unknown: isComplete = false
    }
  }

  mutating func inScope(ending end: Place, _ body: (inout GraphBuilder) -> Void) {
    let count = live.count
    scopeStack.append(end)
    body(&self)
    scopeStack.removeLast()
    cleanUp(downTo: count, at: end)
    live.removeSubrange(count...)
  }

  private mutating func declare(_ id: VariableID) {
    let variable = unit.variables[id.index]
    guard variable.storage == .local else { return }
    if variable.initializer >= 0 { prepare(ExpressionID(variable.initializer)) }
    emit(.declare(id))
    if variable.cleanup >= 0 {
      live.append(id)
      scopeEnds[id] = scopeStack.last ?? Place.none
    }
  }

  private mutating func lowerIf(
    _ condition: ExpressionID, _ then: StatementID, _ otherwise: StatementID?
  ) {
    let yes = newBlock()
    let no = newBlock()
    let after = otherwise == nil ? no : newBlock()
    lowerCondition(condition, then: yes, otherwise: no)
    current = yes
    lower(then)
    enter(after)
    if let otherwise {
      current = no
      lower(otherwise)
      enter(after)
    }
  }

  private mutating func lowerLoop(
    _ statement: Statement, test: ExpressionID?, step: ExpressionID?, body: StatementID,
    testFirst: Bool
  ) {
    let start = newBlock(at: statement.place)
    let check = testFirst ? start : newBlock(at: statement.place)
    let inside = testFirst ? newBlock() : start
    let next = step == nil ? check : newBlock()
    let after = newBlock()
    enter(start)
    if testFirst { lowerTest(test, then: inside, otherwise: after) }
    current = inside
    breaks.append(Target(block: after, live: live.count))
    continues.append(Target(block: next, live: live.count, loop: start))
    lower(body)
    breaks.removeLast()
    continues.removeLast()
    let end = unit.statements[body.index].end
    graph.blocks[current].roundEnd = Graph.RoundEnd(
      place: end == .none ? unit.statements[body.index].place : end, loop: start)
    enter(next)
    if let step {
      evaluate(step)
      enter(check)
    }
    if !testFirst {
      lowerTest(test, then: inside, otherwise: after)
    }
    current = after
  }

  private mutating func lowerTest(_ test: ExpressionID?, then: Int, otherwise: Int) {
    if let test {
      lowerCondition(test, then: then, otherwise: otherwise)
    } else {
      seal(.jump(then))
    }
  }

  private mutating func lowerSwitch(_ value: ExpressionID, _ body: StatementID) {
    prepare(value)
    let head = current
    let after = newBlock()
    current = newBlock()
    switches.append(SwitchFrame())
    breaks.append(Target(block: after, live: live.count))
    lower(body)
    breaks.removeLast()
    let frame = switches.removeLast()
    enter(after)
    graph.blocks[head].terminator = .switch(
      value, cases: frame.cases, otherwise: frame.otherwise ?? after)
  }

  private mutating func lowerAssembly(_ names: [StringID]) {
    guard !names.isEmpty else { return }
    let next = newBlock()
    seal(.any([next] + names.compactMap { labels[$0]?.block }))
    current = next
  }
}

extension Graph {
  /// Builds the graph of `function`; nil when something in it is not understood.
  public init?(of function: Function, in unit: SyntaxUnit, facts: ControlFacts) {
    var builder = GraphBuilder(unit: unit, facts: facts)
    builder.build(function)
    guard builder.isComplete else { return nil }
    self = builder.graph
  }
}
