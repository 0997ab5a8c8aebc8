import ControlFlow
import CSyntax

/// The analysis of one function while it is under way.
struct FunctionRun {
  let index: Int
  let function: Function
  let graph: Graph
  let order: BlockOrder
  /// States at the start of each block, by what they hold.
  var states: [[[LockEntry.Key]: PathState]]
  /// How often each block was merged into.
  var merges: [Int]
  /// States at the end of the function, each with where it leaves.
  var exits: [(state: PathState, place: Place)] = []
  /// Set in the last pass, when states are final and findings are noted.
  var isReporting = false
  var reports: [LockReport] = []
  /// Releases and the states that reach them, gathered in the last pass.
  var releases: [ReleaseSite: ReleaseStates] = [:]

  /// More states than this in one block: the function is given up.
  static let stateLimit = 64
  /// More block visits than this: the function is given up.
  static let visitLimit = 30_000

  init(index: Int, function: Function, graph: Graph) {
    self.index = index
    self.function = function
    self.graph = graph
    order = BlockOrder(graph)
    states = Array(repeating: [:], count: graph.blocks.count)
    merges = Array(repeating: 0, count: graph.blocks.count)
  }
}

extension LockAnalysis {
  /// Computes the states of all blocks; false when there are too many.
  mutating func solve(_ run: inout FunctionRun) -> Bool {
    let start = entryState(of: run)
    run.states[run.graph.entry][start.key] = start
    var dirty: Set<Int> = [0]
    var visits = 0
    while let position = dirty.min() {
      dirty.remove(position)
      let block = run.order.order[position]
      for state in run.orderedStates(of: block) {
        visits += 1
        guard visits < FunctionRun.visitLimit else { return false }
        for (next, outgoing) in step(block, state, &run) {
          guard join(outgoing, into: next, from: block, &run) else { continue }
          guard run.states[next].count <= FunctionRun.stateLimit else { return false }
          dirty.insert(run.order.position[next])
        }
      }
    }
    return true
  }

  /// Takes a state into a block; true when the block has to be visited again.
  private mutating func join(
    _ incoming: PathState, into block: Int, from source: Int, _ run: inout FunctionRun
  ) -> Bool {
    var incoming = incoming
    if run.order.position[block] <= run.order.position[source] {
      carryOver(&incoming, into: block, run)
    }
    let key = incoming.key
    guard var existing = run.states[block][key] else {
      run.states[block][key] = incoming
      return true
    }
    run.merges[block] += 1
    let changed = existing.merge(
      incoming, at: block, function: run.index, widen: run.merges[block] > 24, table: &table)
    if changed { run.states[block][key] = existing }
    return changed
  }

  /// Runs every block once more over its final states and notes what is wrong.
  mutating func report(_ run: inout FunctionRun) {
    run.isReporting = true
    run.exits = []
    for block in run.order.order {
      for state in run.orderedStates(of: block) { _ = step(block, state, &run) }
    }
    judgeExits(&run)
    reports[run.index] = run.reports
  }

  private mutating func entryState(of run: FunctionRun) -> PathState {
    var state = PathState()
    for (number, parameter) in run.function.parameters.enumerated() {
      let value = table.make(.parameter(number))
      state.memory[table.make(.local(parameter))] = value
      if unit.variables[parameter.index].type == .bool { state.facts[value] = .bool }
    }
    return state
  }
}

extension FunctionRun {
  /// The states of a block in an order that does not depend on hashing.
  func orderedStates(of block: Int) -> [PathState] {
    states[block].values.sorted { left, right in
      let (a, b) = (left.locks, right.locks)
      if a.count != b.count { return a.count < b.count }
      for (x, y) in zip(a, b) where x.sortKey != y.sortKey {
        return x.sortKey.lexicographicallyPrecedes(y.sortKey)
      }
      return false
    }
  }
}

extension LockEntry {
  /// Numbers in the order in which states are visited.
  fileprivate var sortKey: [Int] {
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
      heldAtEntry ? 1 : 0,
    ]
  }
}
