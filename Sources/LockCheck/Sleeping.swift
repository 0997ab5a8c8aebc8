import BuiltinRules
import ControlFlow
import CSyntax
import Findings

// What may sleep while a lock is held whose holder must not.
extension LockAnalysis {
  /// Notes that a call may sleep: as a finding where a spinning lock is held, else for the callers.
  mutating func noteSleep(_ call: Call, _ state: PathState, _ run: inout FunctionRun) {
    guard run.isReporting, !state.isVague else { return }
    let ways = sleepWays(of: call, state)
    guard !ways.isEmpty, !asksForContext(state) else { return }
    var isReported = false
    let isTold = isToldByFlags(state)
    for way in ways {
      guard let here = way.flags.map({ allowsSleep($0, state) }) ?? .some(true), here else {
        continue
      }
      guard way.conditions.allSatisfy({ !$0.isDecisive || isMet($0, state) }) else { continue }
      // What releases a lock of its caller first knows what it does.
      if !isTold, !way.releases, let entry = spinning(in: state) {
        report(way, entry, call, state, &run)
        isReported = true
        break
      }
    }
    if !isReported { run.sleeps += ways.compactMap { forCallers($0, state, run) } }
  }

  /// The ways by which a function of the unit may sleep; it is followed when first asked for.
  mutating func sleepWays(ofFunction index: Int) -> [SleepWay] {
    if let known = sleeps[index] { return known }
    if sleepFacts == nil {
      sleepFacts = SleepFacts(of: unit, callers: calls.callers, rules: rules)
    }
    guard sleepFacts?.maySleep[index] == true else { return [] }
    if calls.isRelevant[index] { _ = summary(of: index) }
    if let known = sleeps[index] { return known }
    guard !calls.isRelevant[index], underWay.count < 100, underWay.insert(index).inserted else {
      return []
    }
    defer { underWay.remove(index) }
    let function = unit.functions[index]
    sleeps[index] = []
    guard function.distrust == nil, let graph = Graph(of: function, in: unit, facts: control) else {
      return []
    }
    var run = FunctionRun(index: index, function: function, graph: graph)
    let before = suspects
    let isWhole = solve(&run) && report(&run)
    suspects = before
    if isWhole { noteSleeps(run) }
    return sleeps[index] ?? []
  }

  /// Keeps what a run found for the callers.
  mutating func noteSleeps(_ run: FunctionRun) {
    var kept: [SleepWay] = []
    for way in run.sleeps.sorted(by: { $0.conditions.count < $1.conditions.count }) {
      let isKnown = kept.contains {
        $0.flags == way.flags && $0.releases == way.releases
          && Set($0.conditions).isSubset(of: way.conditions)
      }
      if !isKnown { kept.append(way) }
      if kept.count == SleepWay.limit { break }
    }
    sleeps[run.index] = kept
  }

  // MARK: Ways of a call

  /// How a call may sleep, in the values of its caller.
  private mutating func sleepWays(of call: Call, _ state: PathState) -> [SleepWay] {
    let name = unit.strings[call.name]
    if rules.sleepers.contains(name)
      || (call.macro >= 0 && rules.sleepers.contains(unit.strings[call.spokenName]))
    {
      return [SleepWay(calls: [call.spokenName])]
    }
    if let position = rules.allocators[name] {
      let index = position < 0 ? call.arguments.count + position : position
      guard call.arguments.indices.contains(index),
        allowsSleep(call.arguments[index], state) != false
      else { return [] }
      return [
        SleepWay(calls: [call.spokenName], flags: call.arguments[index], isAllocation: true)
      ]
    }
    if let operations = rules.operations[name] {
      let sleeps = operations.contains { $0.sleeps && isMet($0.condition, call, state) }
      let releases = operations.contains { $0.action == .drop || $0.action == .forget }
      return sleeps ? [SleepWay(calls: [call.spokenName], releases: releases)] : []
    }
    guard let index = calls.functions[call.name], !rules.transparentCalls.contains(name) else {
      return []
    }
    let ways = sleepWays(ofFunction: index)
    return ways.compactMap { translated($0, call, state) }
  }

  /// A callee's way in the caller's values; nil where it cannot happen.
  private mutating func translated(
    _ way: SleepWay, _ call: Call, _ state: PathState
  ) -> SleepWay? {
    var site = Substitution(call: call, before: state)
    var here = SleepWay(
      calls: [call.spokenName] + way.calls, releases: way.releases, isAllocation: way.isAllocation)
    for condition in way.conditions {
      let value = site.translate(condition.value, &self)
      let known = state.interval(of: value, in: table)
      if known.isDisjoint(from: condition.interval) { return nil }
      guard known.meet(condition.interval) != known else { continue }
      here.conditions.append(
        SleepWay.Condition(
          value: value, interval: condition.interval, isDecisive: condition.isDecisive))
    }
    if let flags = way.flags {
      let value = site.translate(flags, &self)
      if allowsSleep(value, state) == false { return nil }
      here.flags = value
    }
    return here
  }

  /// What a way means to the callers of the function at hand; nil where it depends on what they
  /// cannot know.
  private func forCallers(_ way: SleepWay, _ state: PathState, _ run: FunctionRun) -> SleepWay? {
    var way = way
    if let flags = way.flags, allowsSleep(flags, state) == nil, !table.isVisible(flags) {
      return nil
    }
    if way.calls.count > 6 { return nil }
    // What is only made when it is missing is not made where the caller knows that it is there.
    if way.isAllocation, state.witness >= 0,
      witness.path(to: state.witness).contains(where: \.node.isChoice)
    {
      return nil
    }
    var conditions: Set<SleepWay.Condition> = []
    for condition in way.conditions {
      if table.isVisible(condition.value) {
        conditions.insert(condition)
      } else if condition.isDecisive {
        return nil
      }
    }
    for (value, interval) in state.facts where interval != .any && table.number(value) == nil {
      guard table.isVisible(value) else {
        if asksForSleep(value) { return nil }
        continue
      }
      conditions.insert(
        SleepWay.Condition(
          value: value, interval: interval, isDecisive: isDecisive(value, interval, run.function)))
    }
    way.conditions = conditions.sorted { $0.value < $1.value }
    if let flags = way.flags, allowsSleep(flags, state) == true { way.flags = nil }
    if !state.forgotten.isEmpty || state.locks.contains(where: { $0.heldAtEntry && !$0.isHeld }) {
      way.releases = true
    }
    return way
  }

  // MARK: Conditions

  /// True for conditions by which a caller says whether it may sleep: flags, and what it passes.
  private func isDecisive(_ value: Value, _ interval: Interval, _ function: Function) -> Bool {
    // Which methods an object has, its kind decides, and callers know the kind.
    if case .content(let address) = table[value], case .field(_, let name) = table[address],
      unit.operations[unit.strings[name]] != nil
    {
      return true
    }
    switch table[value] {
    case .binary(.and, _, let mask) where table.number(mask) != nil: return true
    case .unary(.not, let inner): return isDecisive(inner, interval, function)
    case .parameter(let number):
      let type = unit.variables[function.parameters[number].index].type
      return type != .pointer || interval == .zero
    case .binary:
      return !table.contains(value) { node in
        if case .content = node { true } else { false }
      }
    default: return false
    }
  }

  private func isMet(_ condition: SleepWay.Condition, _ state: PathState) -> Bool {
    let known = state.interval(of: condition.value, in: table)
    return known.meet(condition.interval) == known
  }

  /// Whether GFP flags allow to sleep; nil when that is not known.
  private func allowsSleep(_ flags: Value, _ state: PathState) -> Bool? {
    if let number = state.interval(of: flags, in: table).number {
      return number & rules.gfpMaySleep != 0
    }
    switch table[flags] {
    case .binary(.or, let a, let b):
      let (x, y) = (allowsSleep(a, state), allowsSleep(b, state))
      if x == true || y == true { return true }
      return x == false && y == false ? false : nil
    case .binary(.and, let a, let b):
      let (x, y) = (allowsSleep(a, state), allowsSleep(b, state))
      if x == false || y == false { return false }
      return x == true && y == true ? true : nil
    default: return nil
    }
  }

  /// A branch on the way asked whether sleeping is allowed here: the code knows what it does.
  private func asksForContext(_ state: PathState) -> Bool {
    witness.path(to: state.witness).contains { _, node in
      guard case .branch(let condition, _) = node.kind else { return false }
      return unit.mentions(condition) { rules.contextQueries.contains(unit.strings[$0]) }
    }
  }

  /// The path has asked flags that are not known here whether they allow to sleep.
  private func isToldByFlags(_ state: PathState) -> Bool {
    state.facts.contains { asksForSleep($0.key) && !$0.value.containsZero }
  }

  /// True for `flags & __GFP_DIRECT_RECLAIM`.
  private func asksForSleep(_ value: Value) -> Bool {
    guard case .binary(.and, let flags, let mask) = table[value] else { return false }
    return table.number(mask) == rules.gfpMaySleep && table.number(flags) == nil
  }

  // MARK: The finding

  /// The lock taken last of those whose holder must not sleep.
  private func spinning(in state: PathState) -> LockEntry? {
    state.locks.filter { entry in
      entry.status == .held && entry.isKnown && !entry.isReported && !isPending(entry.lock)
        // Whether a callee left preemption or the like off, nobody here can see.
        && (!entry.isByChoice || !rules.families[entry.family].isContext)
        && rules.families[entry.family].isAtomic && !table.contains(entry.lock, where: \.isStored)
        && !state.locks.contains { mayBeRelease($0, of: entry) }
    }.max { $0.event < $1.event }
  }

  /// A lock that was released under another name may be this one.
  private func mayBeRelease(_ released: LockEntry, of entry: LockEntry) -> Bool {
    released.status == .released && released.family == entry.family
      && table.looksLike(released.lock, entry.lock)
  }

  private mutating func report(
    _ way: SleepWay, _ entry: LockEntry, _ call: Call, _ state: PathState, _ run: inout FunctionRun
  ) {
    run.reports.append(
      LockReport(
        type: .lockSleepInAtomic,
        confidence: way.conditions.isEmpty && !entry.isByChoice ? .high : .medium,
        place: call.place, lock: entry.lock, earlier: entry.event, witness: state.witness,
        call: call.spokenName, held: entry, action: nil, rightExit: nil, memory: state.memory,
        sleeper: way.calls.count > 1 ? way.calls.last : nil))
  }
}

extension Witness.Node {
  /// A branch that could have gone otherwise.
  fileprivate var isChoice: Bool {
    switch kind {
    case .branch, .selected: true
    case .acquired, .released: false
    }
  }
}

extension SyntaxUnit {
  /// True when an expression, as it is written, mentions a macro or function that `test` wants.
  func mentions(_ id: ExpressionID, _ test: (StringID) -> Bool) -> Bool {
    var found = false
    visit(id) { part in
      let expression = expressions[part.index]
      if expression.macro >= 0 {
        if test(StringID(expression.macro)) { found = true }
      } else if expression.kind == .function, test(StringID(expression.a)) {
        found = true
      }
    }
    return found
  }

  /// Calls `body` with an expression and all that it is made of, but for statements.
  func visit(_ id: ExpressionID, _ body: (ExpressionID) -> Void) {
    var waiting = [id]
    while let next = waiting.popLast() {
      body(next)
      switch form(of: next) {
      case .integer, .string, .variable, .function, .statement: break
      case .member(let a, _), .arrow(let a, _), .unary(_, let a), .cast(let a),
        .designated(let a, _):
        waiting.append(a)
      case .index(let a, let b), .binary(_, let a, let b), .assign(_, let a, let b):
        waiting += [a, b]
      case .conditional(let a, let b, let c): waiting += [a, c] + (b.map { [$0] } ?? [])
      case .call(let callee, let arguments): waiting += [callee] + arguments
      case .list(let parts), .opaque(let parts): waiting += parts
      }
    }
  }
}
