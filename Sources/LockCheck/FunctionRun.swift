import ControlFlow
import CSyntax

/// The analysis of one function while it is under way.
struct FunctionRun {
  let index: Int
  let function: Function
  let graph: Graph
  let order: BlockOrder
  /// Functions that the caller passes, by the number of the parameter.
  var callbacks: [Int: StringID] = [:]
  /// States at the start of each block, by what they hold.
  var states: [[StateKey: PathState]]
  /// The state that first reached each loop header.
  var firsts: [Int: PathState] = [:]
  /// How often each block was merged into.
  var merges: [Int]
  /// States at the end of the function, each with where it leaves.
  var exits: [(state: PathState, place: Place)] = []
  /// Conditions that more than one branch tests: paths that differ in one are kept apart.
  let repeated: [Value]
  /// Variables that say which object a lock is of: paths that differ in one are kept apart.
  let choosers: [Value]
  /// Functions that are asked more than once and are taken to say the same each time.
  var predicates: Set<StringID> = []
  /// The branches that test each value.
  var tests: [Value: Set<ExpressionID>] = [:]
  /// Values that more than one branch tests.
  var repeatedTests: [Value] { tests.filter { $0.value.count > 1 }.keys.sorted() }
  /// Blocks that begin rounds of loops which have a second one.
  var loops: Set<Int> = []
  /// States at the ends of a loop's rounds, by the block that begins them, in the last pass.
  var rounds: [Int: [(state: PathState, place: Place)]] = [:]
  /// Set in the last pass, when states are final and findings are noted.
  var isReporting = false
  var reports: [LockReport] = []
  /// Releases and the states that reach them, gathered in the last pass.
  var releases: [ReleaseSite: ReleaseStates] = [:]
  /// Locks of which neither this function nor its callers can tell whether they are held at the end.
  var unsure: Set<Value> = []
  /// How the function may come to sleep, gathered in the last pass.
  var sleeps: [SleepWay] = []

  /// States that went through an instruction so far.
  var work = 0
  /// What they held, all together.
  var effort = 0

  /// From more states than this inside a block those that hold the same locks are merged.
  static let splitLimit = 32
  /// More states through instructions than this: the function is given up.
  static let workLimit = 60_000
  /// More states than this in one block: the function is given up.
  static let stateLimit = 96
  /// More block visits than this: the function is given up.
  static let visitLimit = 30_000

  init(
    index: Int, function: Function, graph: Graph, repeated: [Value] = [], choosers: [Value] = []
  ) {
    self.index = index
    self.function = function
    self.graph = graph
    self.repeated = repeated
    self.choosers = choosers
    order = BlockOrder(graph)
    states = Array(repeating: [:], count: graph.blocks.count)
    merges = Array(repeating: 0, count: graph.blocks.count)
  }
}

extension LockAnalysis {
  /// Computes the states of all blocks; false when there are too many.
  mutating func solve(_ run: inout FunctionRun) -> Bool {
    let start = entryState(of: run)
    let startKey = key(of: start, run)
    run.states[run.graph.entry][startKey] = start
    var dirty: [Int: Set<StateKey>] = [0: [startKey]]
    var visits = 0
    while let position = dirty.keys.min(), let keys = dirty.removeValue(forKey: position) {
      let block = run.order.order[position]
      for (key, state) in run.orderedStates(of: block) where keys.contains(key) {
        visits += 1
        guard visits < FunctionRun.visitLimit else { return false }
        let leaving = step(block, state, &run)
        guard !run.isTooMuch else { return false }
        for (next, outgoing) in leaving {
          guard let changed = join(outgoing, into: next, from: block, &run) else { continue }
          guard run.states[next].count <= FunctionRun.stateLimit else { return false }
          dirty[run.order.position[next], default: []].insert(changed)
        }
      }
    }
    return true
  }

  /// What two states must share to be merged: the locks, and the repeated conditions.
  func key(of state: PathState, _ run: FunctionRun) -> StateKey {
    var truths: [Int8] = []
    for value in run.repeated {
      let known = state.facts[value] == nil ? .any : state.interval(of: value, in: table)
      truths.append(known == .zero ? 0 : known.containsZero ? 2 : 1)
    }
    return StateKey(
      locks: state.lockKey, truths: truths, callees: chosen(in: state, run),
      objects: run.choosers.map { state.memory[$0] ?? $0 })
  }

  /// Functions between which a condition chose and that are not called yet: `(w ? up : down)(l)`;
  /// in a small function that does nothing to locks also numbers: `it->source ? WRITE : READ`.
  private func chosen(in state: PathState, _ run: FunctionRun) -> [Value] {
    guard !state.bound.isEmpty else { return [] }
    let isGetter = calls.isSmall[run.index] && !calls.isRelevant[run.index]
    return state.bound.map(\.value).filter {
      switch table[$0] {
      case .function: true
      case .constant: isGetter
      default: false
      }
    }.sorted()
  }

  /// Takes a state into a block; the state of the block that has to be visited again, if any.
  private mutating func join(
    _ incoming: PathState, into block: Int, from source: Int, _ run: inout FunctionRun
  ) -> StateKey? {
    var incoming = incoming
    let endsRound = run.order.position[block] <= run.order.position[source]
    run.count(incoming, endsRound: endsRound)
    if endsRound {
      carryOver(&incoming, into: block, run)
      run.loops.insert(block)
    }
    if run.order.headers.contains(block), run.firsts[block] == nil { run.firsts[block] = incoming }
    let key = key(of: incoming, run)
    guard var existing = run.states[block][key] else {
      run.states[block][key] = incoming
      return key
    }
    run.merges[block] += 1
    run.count(existing, endsRound: false)
    let changed = existing.merge(
      incoming, at: block, function: run.index, widen: run.merges[block] > 24, table: &table)
    if changed { run.states[block][key] = existing }
    return changed ? key : nil
  }

  /// Runs every block once more over its final states and notes what is wrong; false when there is
  /// too much to compare.
  mutating func report(_ run: inout FunctionRun) -> Bool {
    run.isReporting = true
    run.exits = []
    run.rounds = [:]
    for block in run.order.order {
      let end = run.graph.blocks[block].roundEnd
      for (_, state) in run.orderedStates(of: block) {
        let leaving = step(block, state, &run)
        guard let end, run.loops.contains(end.loop) else { continue }
        for (_, state) in leaving {
          run.rounds[end.loop, default: []].append((state, end.place))
        }
      }
    }
    guard !run.hasTooManyExits else { return false }
    judgeExits(&run)
    judgePromises(&run)
    judgeRounds(&run)
    judgePairs(&run)
    leaveToTask(&run)
    leaveCompared(&run)
    leaveCarried(&run)
    return true
  }

  private mutating func entryState(of run: FunctionRun) -> PathState {
    var state = PathState()
    for (number, parameter) in run.function.parameters.enumerated() {
      let value =
        run.callbacks[number].map { table.make(.function($0)) }
        ?? table.make(.parameter(number))
      state.memory[table.make(.local(parameter))] = value
      if unit.variables[parameter.index].type == .bool { state.facts[value] = .bool }
    }
    takePromises(of: run.function, &state)
    return state
  }
}

extension FunctionRun {
  /// The states of a block in an order that does not depend on hashing.
  func orderedStates(of block: Int) -> [(key: StateKey, value: PathState)] {
    guard states[block].count > 1 else { return states[block].map { ($0.key, $0.value) } }
    return states[block].sorted { left, right in
      let (a, b) = (left.key, right.key)
      if a.truths != b.truths { return a.truths.lexicographicallyPrecedes(b.truths) }
      if a.locks.count != b.locks.count { return a.locks.count < b.locks.count }
      for (x, y) in zip(a.locks, b.locks) where x != y {
        return x.numbers.lexicographicallyPrecedes(y.numbers)
      }
      if a.callees != b.callees { return a.callees.lexicographicallyPrecedes(b.callees) }
      return a.objects.lexicographicallyPrecedes(b.objects)
    }.map { ($0.key, $0.value) }
  }
}

/// What two states must share to be merged.
struct StateKey: Hashable {
  let locks: [LockEntry.Key]
  /// Of each repeated condition: 0 false, 1 true, 2 not known.
  let truths: [Int8]
  /// Functions that the path has chosen to call, or numbers.
  var callees: [Value] = []
  /// What the variables hold that say which object a lock is of.
  var objects: [Value] = []

  /// The truths are hashed all at once: one by one they took 2 % of the time of a scan.
  func hash(into hasher: inout Hasher) {
    truths.withUnsafeBytes { hasher.combine(bytes: $0) }
    for key in locks { hasher.combine(key.lock) }
    for callee in callees { hasher.combine(callee) }
    for object in objects { hasher.combine(object) }
  }
}

extension LockEntry.Key {
  /// Numbers in the order in which states are visited.
  fileprivate var numbers: [Int] {
    let statusNumber =
      switch status {
      case .held: 0
      case .released: 1
      case .inherited: 2
      case .free: 3
      }
    let variantNumber =
      switch variant {
      case .plain: 0
      case .bh: 1
      case .irq: 2
      case .irqsave: 3
      }
    return [
      Int(lock.raw), statusNumber, mode == .shared ? 1 : 0, variantNumber, count,
      heldAtEntry ? 1 : 0, modeAtEntry == .shared ? 1 : 0,
    ]
  }
}
