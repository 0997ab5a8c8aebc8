import BuiltinRules
import ControlFlow
import CSyntax

// How a call or a function may come to sleep, bottom-up.
extension LockAnalysis {
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

  /// How a call may sleep, in the values of its caller.
  mutating func sleepWays(of call: Call, _ state: PathState) -> [SleepWay] {
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
  func forCallers(_ way: SleepWay, _ state: PathState, _ run: FunctionRun) -> SleepWay? {
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

  func isMet(_ condition: SleepWay.Condition, _ state: PathState) -> Bool {
    let known = state.interval(of: condition.value, in: table)
    return known.meet(condition.interval) == known
  }

  /// Whether GFP flags allow to sleep; nil when that is not known.
  func allowsSleep(_ flags: Value, _ state: PathState) -> Bool? {
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
