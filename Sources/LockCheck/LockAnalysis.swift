import BuiltinRules
import ControlFlow
import CSyntax
import Findings

/// Analyses the functions of one unit, callees before callers.
struct LockAnalysis {
  /// The unit; names that only the rules mention are added to its strings.
  var unit: SyntaxUnit
  let rules: LockRules
  let control: ControlFacts
  let calls: CallFacts
  var table = ValueTable()
  var witness = Witness()
  /// What is known of the unit's functions, by index.
  var summaries: [Int: Summary] = [:]
  /// What is known of functions that are given others to call.
  private var bound: [BoundFunction: Summary] = [:]
  /// Functions whose analysis is under way, to stop at recursion.
  var underWay: Set<Int> = []
  /// Functions that could not be analysed, with the reason.
  private(set) var unanalysed: [Int: String] = [:]
  /// Functions that took a lock which some caller of theirs has released.
  var letGo: Set<StringID> = []
  /// Functions that return with a lock, by the function whose call took it for them.
  var holders: [StringID: Set<Int>] = [:]
  /// Those of them that do so other than in failure.
  var keepers: [StringID: Set<Int>] = [:]
  /// Locks that each function releases on some path.
  var released: [Int: Set<LockTail>] = [:]
  /// Functions with calls of others that could not be followed.
  var isFollowedInPart: Set<Int> = []
  /// Locks that are released on paths that did not take them.
  var untouched: [Int: Set<LockTail>] = [:]
  /// Ways out with a lock held that are meant, unless nobody ever lets go.
  var suspects: [Suspect] = []
  /// How functions may come to sleep, of those that were followed.
  var sleeps: [Int: [SleepWay]] = [:]
  /// Which functions may sleep at all; found out when first asked for.
  var sleepFacts: SleepFacts?
  /// What functions look at, of those that were asked.
  var stateReads: [Int: StateReads] = [:]
  /// Members that something in the unit stores in; found out when first asked for.
  var writtenMembers: Set<StringID>?
  /// What was found wrong, by function.
  var reports: [Int: [LockReport]] = [:]
  /// What names say of locks.
  let words: LockWords
  /// Names of variables that are taken to be set.
  let setVariables: Set<StringID>
  /// Names the analysis gives meaning to, as numbers of the unit's strings.
  let vocabulary: Vocabulary

  init(unit: SyntaxUnit, rules: LockRules) {
    var unit = unit
    self.rules = rules
    words = LockWords(rules)
    vocabulary = Vocabulary(&unit.strings)
    setVariables = Set(rules.setVariables.map { unit.strings.intern($0) })
    self.unit = unit
    control = ControlFacts(of: unit)
    calls = CallFacts(
      of: unit,
      isOperation: { name in
        rules.operations[name] != nil || rules.assertions[name] != nil
          || rules.queries[name]?.isAboutCaller == true
      },
      wantsLock: { function in
        Promise.all(of: function, by: rules).contains { $0.annotation.promise == .requires }
      },
      families: { rules.families(ofCall: $0) })
  }

  /// Analyses every function of the main file that touches locks.
  mutating func analyseOwnFunctions() {
    for index in 0..<unit.ownFunctionCount where calls.isRelevant[index] {
      // What the rules say of a function holds without its body, which handles the parts of a lock.
      if rules.operations[unit.strings[unit.functions[index].name]] == nil {
        _ = summary(of: index)
      }
    }
    judgeSuspects()
  }

  /// The summary of function `index`, computed at its first use.
  mutating func summary(of index: Int) -> Summary {
    if let known = summaries[index] { return known }
    guard underWay.insert(index).inserted, underWay.count < 100 else { return .vague }
    defer { underWay.remove(index) }
    let summary = analyse(index)
    summaries[index] = summary
    return summary
  }

  /// The summary of function `index` where some of its parameters are functions that it may call.
  mutating func summary(of index: Int, calling callbacks: [Int: StringID]) -> Summary {
    let key = BoundFunction(index: index, callbacks: callbacks)
    if let known = bound[key] { return known }
    let function = unit.functions[index]
    guard underWay.count < 100, underWay.insert(index).inserted, function.distrust == nil,
      let graph = Graph(of: function, in: unit, facts: control)
    else { return .vague }
    defer { underWay.remove(index) }
    var run = FunctionRun(index: index, function: function, graph: graph)
    run.callbacks = callbacks
    // What is wrong with it is said of the function itself.
    let before = suspects
    defer { suspects = before }
    var summary = Summary.vague
    if solve(&run), report(&run) {
      run.reports = []
      summary = summarise(run)
    }
    bound[key] = summary
    return summary
  }

  private mutating func analyse(_ index: Int) -> Summary {
    let function = unit.functions[index]
    if let reason = function.distrust { return giveUp(index, reason) }
    if control.isTooDeep(function) { return giveUp(index, "an expression that nests too deeply") }
    guard let graph = Graph(of: function, in: unit, facts: control) else {
      return giveUp(index, "a statement that is not understood")
    }
    var run = FunctionRun(index: index, function: function, graph: graph)
    guard solve(&run), report(&run) else { return giveUp(index, Self.tooMany) }
    if needsSecondLook(run) {
      guard let better = lookAgain(run) else { return giveUp(index, Self.tooMany) }
      run = better
    }
    judgeChoices(&run)
    reports[index] = run.reports
    noteSleeps(run)
    noteHolders(run)
    return summarise(run)
  }

  /// Tells apart branches that test one thing twice and so go together, and paths on which a lock is
  /// of different objects; nil when that is too much.
  ///
  /// First all of them, at a price, else those on the way to what seems wrong.
  private mutating func lookAgain(_ first: FunctionRun) -> FunctionRun? {
    var first = first
    let predicates = self.predicates(first)
    if !predicates.isEmpty, let run = solved(first, [], [], predicates) { first = run }
    let repeated = first.repeatedTests.filter { table.number($0) == nil }
    let choosers = self.choosers(first, repeated)
    guard !repeated.isEmpty || !choosers.isEmpty else { return withGetters(first, [], []) }
    let plans = [repeated, decisive(repeated, first)].flatMap { values in
      (choosers.isEmpty ? [] : [(values, choosers)]) + [(values, [])]
    }
    for (values, choosers) in plans {
      guard let run = solved(first, values, choosers, first.predicates) else { continue }
      return withGetters(run, values, choosers)
    }
    // What may sleep is a remark: for it alone no function is given up.
    first.reports.removeAll { $0.type == .lockSleepInAtomic }
    let isQuiet = first.reports.isEmpty && !suspects.contains { $0.function == first.index }
    return isQuiet ? first : nil
  }

  /// A run that is reported in the place of `first`; nil when it is too much.
  private mutating func solved(
    _ first: FunctionRun, _ values: [Value], _ choosers: [Value], _ predicates: Set<StringID>
  ) -> FunctionRun? {
    var run = FunctionRun(
      index: first.index, function: first.function, graph: first.graph, repeated: values,
      choosers: choosers)
    run.predicates = predicates
    guard solve(&run) else { return nil }
    suspects.removeAll { $0.function == first.index }
    return report(&run) ? run : nil
  }

  /// The same with small functions that are asked more than once taken to say the same each time,
  /// where that leaves less to report: their conditions are too many to keep in mind.
  private mutating func withGetters(
    _ run: FunctionRun, _ values: [Value], _ choosers: [Value]
  ) -> FunctionRun {
    let getters = self.getters(run)
    guard !run.reports.isEmpty, !getters.isEmpty else { return run }
    let before = suspects
    guard
      let first = solved(run, [], [], run.predicates.union(getters)),
      let other = solved(
        run, values + first.repeatedTests, choosers, run.predicates.union(getters)),
      other.reports.count < run.reports.count
    else {
      suspects = before
      return run
    }
    return other
  }

  /// Small functions that do nothing to locks and are called in more than one condition.
  private func getters(_ run: FunctionRun) -> Set<StringID> {
    var sites: [StringID: Set<ExpressionID>] = [:]
    for condition in run.tests.values.joined() {
      var inner = condition
      while let operand = asked(by: inner) { inner = operand }
      guard case .call(let callee, _) = unit.form(of: inner),
        case .function(let name) = unit.form(of: callee), let index = calls.functions[name],
        calls.isSmall[index], !calls.isRelevant[index]
      else { continue }
      sites[name, default: []].insert(inner)
    }
    return Set(sites.filter { $0.value.count > 1 }.keys)
  }

  /// What a condition asks about: the operand of `!`, the left side of a comparison with a number.
  private func asked(by condition: ExpressionID) -> ExpressionID? {
    switch unit.form(of: condition) {
    case .unary(.not, let operand): return operand
    case .binary(.equal, let left, let right), .binary(.notEqual, let left, let right):
      if case .integer = unit.form(of: right) { return left }
      return nil
    default: return nil
    }
  }

  /// Functions that do nothing to locks, as far as is known, and decide more than one branch.
  private func predicates(_ run: FunctionRun) -> Set<StringID> {
    var sites: [StringID: Set<ExpressionID>] = [:]
    for value in run.tests.keys {
      _ = table.contains(value) { node in
        if case .result(let site, run.index) = node, site.raw >= 0,
          case .call(let callee, _) = unit.form(of: site),
          case .function(let name) = unit.form(of: callee),
          calls.functions[name].map({ !calls.isRelevant[$0] }) ?? true
        {
          sites[name, default: []].insert(site)
        }
        return false
      }
    }
    return Set(sites.filter { $0.value.count > 1 }.keys)
  }

  /// Variables that paths gave different values where they met, and that lead to locks or decide
  /// more than one branch.
  private func choosers(_ run: FunctionRun, _ repeated: [Value]) -> [Value] {
    var found: Set<Value> = []
    for value in repeated {
      if case .join(let block, let address, run.index) = table[value],
        !run.order.headers.contains(block), case .local = table[address]
      {
        found.insert(address)
      }
    }
    for (state, _) in run.exits {
      for entry in state.locks {
        _ = table.contains(entry.lock) { node in
          guard case .join(_, let address, run.index) = node, case .local = table[address] else {
            return false
          }
          found.insert(address)
          return false
        }
      }
    }
    return found.sorted()
  }

  /// Those of some values that the ways to what seems wrong test more than once.
  private func decisive(_ values: [Value], _ run: FunctionRun) -> [Value] {
    let reports = run.reports + suspects.lazy.filter { $0.function == run.index }.map(\.report)
    var tested: Set<ExpressionID> = []
    for report in reports {
      for (_, node) in witness.path(to: report.witness) {
        if case .branch(let condition, _) = node.kind { tested.insert(condition) }
      }
    }
    return values.filter { run.tests[$0, default: []].intersection(tested).count > 1 }
  }

  private static let tooMany = "too many paths to follow"

  /// True when the ways out differ in what they hold, or something seems wrong.
  private func needsSecondLook(_ run: FunctionRun) -> Bool {
    !run.reports.isEmpty || suspects.contains { $0.function == run.index }
      || Set(run.exits.map { $0.state.lockKey }).count > 1
      || run.exits.contains { $0.state.locks.contains { !$0.isCertain } }
      || !choosers(run, []).isEmpty
  }

  private mutating func giveUp(_ index: Int, _ reason: String) -> Summary {
    unanalysed[index] = reason
    suspects.removeAll { $0.function == index }
    return .vague
  }
}

/// A function together with those that a caller hands to it.
private struct BoundFunction: Hashable {
  let index: Int
  /// Names of functions by the number of the parameter.
  let callbacks: [Int: StringID]
}

/// Function names with a meaning of their own, as strings of the unit.
struct Vocabulary {
  let isError: StringID
  let isErrorOrNull: StringID
  let asError: StringID
  let asPointer: StringID
  let castError: StringID
  let errorOrZero: StringID
  let isConstant: StringID
  let swap16: StringID
  let swap32: StringID
  let swap64: StringID
  let current: StringID
  let next: StringID
  let context: StringID

  init(_ strings: inout StringTable) {
    isError = strings.intern("IS_ERR")
    isErrorOrNull = strings.intern("IS_ERR_OR_NULL")
    asError = strings.intern("PTR_ERR")
    asPointer = strings.intern("ERR_PTR")
    castError = strings.intern("ERR_CAST")
    errorOrZero = strings.intern("PTR_ERR_OR_ZERO")
    isConstant = strings.intern("__builtin_constant_p")
    swap16 = strings.intern("__builtin_bswap16")
    swap32 = strings.intern("__builtin_bswap32")
    swap64 = strings.intern("__builtin_bswap64")
    current = strings.intern("get_current")
    next = strings.intern("next")
    context = strings.intern("this CPU")
  }
}
