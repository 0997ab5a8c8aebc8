import BuiltinRules
import ControlFlow
import CSyntax
import Findings

// A predicate on the locked object's state that is evaluated before the lock decides in which mode
// it is taken, and is not evaluated again under it.
extension LockAnalysis {
  /// Notes modes that were chosen by a look at what the lock protects.
  mutating func judgeChoices(_ run: inout FunctionRun) {
    // Each branch is followed to what it leads to.
    guard takesBothModes(run.function), run.order.order.count <= 500 else { return }
    let wasReporting = run.isReporting
    run.isReporting = false
    defer { run.isReporting = wasReporting }
    let locals = fixedLocals(of: &run)
    let taken = acquisitions(locals, &run)
    let locks = Set(taken.values.joined().map(\.lock)).sorted()
    for lock in locks {
      let modes = Set(taken.values.joined().lazy.filter { $0.lock == lock }.map(\.mode))
      guard modes.count > 1, let object = object(of: lock) else { continue }
      judgeChoices(of: lock, in: object, taken, locals, &run)
    }
  }

  private mutating func judgeChoices(
    of lock: Value, in object: Value, _ taken: [Int: [ModeChoice]], _ locals: FixedLocals,
    _ run: inout FunctionRun
  ) {
    for block in run.order.order {
      guard
        case .branch(let condition, let then, let otherwise) = run.graph.blocks[block].terminator
      else { continue }
      let yes = firstTaken(lock, from: then, taken, run)
      let no = firstTaken(lock, from: otherwise, taken, run)
      guard let weak = Self.weaker(yes, no) else { continue }
      let read = reads(condition, locals, origins: true, &run)
      let states = read.addresses.filter {
        isState($0, of: object, besides: lock) && (read.shared.contains($0) || isWritten($0))
      }
      for choice in weak {
        let later = evaluated(after: choice, run)
        guard !isLookedAtElsewhere(object, by: later, locals, &run) else { continue }
        let again = reads(later, locals, &run).union(readsByCallers(lock, run))
        guard !states.isEmpty, states.allSatisfy({ !isRead($0, in: again) }),
          let state = states.min()
        else { continue }
        run.reports.append(
          LockReport(
            type: .lockStaleCheck, confidence: .medium, place: choice.place, lock: lock,
            earlier: -1, witness: -1, call: choice.name, held: nil, action: nil, rightExit: nil,
            memory: locals.state.memory, chosenBy: (condition, state)))
      }
    }
  }

  // MARK: Acquisitions

  /// True for functions that mention acquisitions in both modes, of whatever lock.
  private func takesBothModes(_ function: Function) -> Bool {
    var shared: FamilySet = []
    var exclusive: FamilySet = []
    for expression in unit.expressions[function.expressions] where expression.kind == .function {
      let name = StringID(expression.a)
      for operation in acquiring(name) {
        let family = FamilySet(family: operation.family)
        if operation.mode == .shared { shared.insert(family) } else { exclusive.insert(family) }
      }
      for effect in effects(of: name) where effect.kind == .acquire {
        let family = FamilySet(family: effect.family)
        if effect.mode == .shared { shared.insert(family) } else { exclusive.insert(family) }
      }
    }
    return !shared.isDisjoint(with: exclusive)
  }

  /// What each block takes, in order.
  private mutating func acquisitions(
    _ locals: FixedLocals, _ run: inout FunctionRun
  ) -> [Int: [ModeChoice]] {
    var found: [Int: [ModeChoice]] = [:]
    for block in run.order.order {
      for (number, root) in run.graph.blocks[block].evaluated(in: unit).enumerated() {
        var sites: [ExpressionID] = []
        unit.visitCalls(root) { sites.append($0) }
        for site in sites {
          guard let call = acquisition(at: site, locals, &run) else { continue }
          for (lock, mode) in taken(by: call, locals) {
            found[block, default: []].append(
              ModeChoice(
                lock: lock, mode: mode, block: block, number: number, place: call.place,
                name: call.spokenName))
          }
        }
      }
    }
    return found
  }

  /// A call that takes something on one of its ways.
  private mutating func acquisition(
    at site: ExpressionID, _ locals: FixedLocals, _ run: inout FunctionRun
  ) -> Call? {
    guard case .call(let callee, let arguments) = unit.form(of: site),
      case .function(let name) = unit.form(of: callee),
      !acquiring(name).isEmpty || effects(of: name).contains(where: { $0.kind == .acquire })
    else { return nil }
    return call(at: site, name, arguments, locals, &run)
  }

  private func acquiring(_ name: StringID) -> [LockOperation] {
    (rules.operations[unit.strings[name]] ?? []).filter { $0.action == .acquire }
  }

  private func effects(of name: StringID) -> [Summary.Effect] {
    calls.functions[name].flatMap { summaries[$0] }?.rows.flatMap(\.effects) ?? []
  }

  private mutating func taken(by call: Call, _ locals: FixedLocals) -> [(Value, LockMode)] {
    let operations = acquiring(call.name)
    if !operations.isEmpty {
      return operations.compactMap { operation in
        lock(operation.lock, call, table.constant(0), family: operation.family).map {
          ($0, operation.mode)
        }
      }
    }
    var site = Substitution(call: call, before: locals.state)
    return effects(of: call.name).filter { $0.kind == .acquire }.map { effect in
      (site.translate(effect.lock, &self), effect.mode)
    }
  }

  /// The acquisitions of a lock that the ways from a block come to first.
  private func firstTaken(
    _ lock: Value, from start: Int, _ taken: [Int: [ModeChoice]], _ run: FunctionRun
  ) -> [ModeChoice] {
    var found: [ModeChoice] = []
    var seen: Set<Int> = [start]
    var waiting = [start]
    while let block = waiting.popLast() {
      if let first = taken[block]?.first(where: { $0.lock == lock }) {
        found.append(first)
        continue
      }
      waiting += run.graph.successors(of: block).filter { seen.insert($0).inserted }
    }
    return found
  }

  /// The shared acquisitions that one outcome of a branch leads to, where the other leads to
  /// exclusive ones only.
  private static func weaker(_ yes: [ModeChoice], _ no: [ModeChoice]) -> [ModeChoice]? {
    func isStrong(_ side: [ModeChoice]) -> Bool {
      !side.isEmpty && side.allSatisfy { $0.mode == .exclusive }
    }
    let weak = isStrong(yes) ? no : isStrong(no) ? yes : []
    let shared = weak.filter { $0.mode == .shared }
    return shared.isEmpty ? nil : shared
  }

  // MARK: State

  /// The object that a lock lies in.
  private func object(of lock: Value) -> Value? {
    var object: Value?
    var next = lock
    while true {
      guard case .field(let base, _) = table[next] else { return object }
      object = base
      next = base
    }
  }

  private func isState(_ address: Value, of object: Value, besides lock: Value) -> Bool {
    table.isInside(address, object) && address != lock && !table.isInside(address, lock)
      && !table.isInside(lock, address)
  }

  /// Somebody in the unit stores something in a member of this name.
  private mutating func isWritten(_ address: Value) -> Bool {
    guard case .field(_, let name) = table[address] else { return false }
    if writtenMembers == nil { writtenMembers = unit.writtenMembers() }
    return writtenMembers?.contains(name) == true
  }

  private func isRead(_ address: Value, in others: Set<Value>) -> Bool {
    if others.contains(address) { return true }
    guard case .field(_, let name) = table[address] else { return false }
    return others.contains { other in
      guard case .field(let base, name) = table[other] else { return false }
      return table.isUnsure(base)
    }
  }

  private mutating func reads(
    _ roots: [ExpressionID], _ locals: FixedLocals, _ run: inout FunctionRun
  ) -> Set<Value> {
    var found: Set<Value> = []
    for root in roots {
      found.formUnion(reads(root, locals, origins: false, &run).addresses)
    }
    return found
  }

  /// Expressions that the ways from an acquisition come to.
  private func evaluated(after choice: ModeChoice, _ run: FunctionRun) -> [ExpressionID] {
    var found = Array(
      run.graph.blocks[choice.block].evaluated(in: unit).dropFirst(choice.number + 1))
    var seen: Set<Int> = []
    var waiting = run.graph.successors(of: choice.block)
    while let block = waiting.popLast() {
      guard seen.insert(block).inserted else { continue }
      found += run.graph.blocks[block].evaluated(in: unit)
      waiting += run.graph.successors(of: block)
    }
    return found
  }

  /// A function that is not known is given the object under the lock and may look again.
  private mutating func isLookedAtElsewhere(
    _ object: Value, by roots: [ExpressionID], _ locals: FixedLocals, _ run: inout FunctionRun
  ) -> Bool {
    var sites: [ExpressionID] = []
    for root in roots { unit.visitCalls(root) { sites.append($0) } }
    for site in sites {
      guard case .call(let callee, let arguments) = unit.form(of: site), !isAtHand(callee) else {
        continue
      }
      for argument in arguments {
        if let value = value(of: argument, locals, &run), value == object { return true }
      }
    }
    return false
  }

  /// A function whose looks at state are known: one of the unit, or one that the rules tell of.
  private func isAtHand(_ callee: ExpressionID) -> Bool {
    guard case .function(let name) = unit.form(of: callee) else { return false }
    let spelling = unit.strings[name]
    return calls.functions[name] != nil || rules.operations[spelling] != nil
      || rules.queries[spelling] != nil || rules.assertions[spelling] != nil
      || rules.transparentCalls.contains(spelling) || rules.pureCalls.contains(spelling)
  }

  /// Members that callers of a function test which returns with the lock, as members of no object.
  private mutating func readsByCallers(_ lock: Value, _ run: FunctionRun) -> Set<Value> {
    let isKept = run.exits.contains { exit in
      exit.state.locks.contains { $0.isHeld && !$0.heldAtEntry }
    }
    guard isKept else { return [] }
    var found: Set<Value> = []
    for caller in Set(calls.callers[run.index]).sorted() where caller != run.index {
      for statement in unit.statements[unit.functions[caller].statements]
      where statement.kind == .if {
        unit.visit(ExpressionID(statement.a)) { part in
          let expression = unit.expressions[part.index]
          guard expression.kind == .arrow || expression.kind == .member else { return }
          let nowhere = table.make(.result(ExpressionID(-3), function: -3))
          found.insert(table.make(.field(nowhere, StringID(expression.b))))
        }
      }
    }
    return found
  }
}

/// One acquisition in a function, as it is written.
private struct ModeChoice {
  let lock: Value
  let mode: LockMode
  let block: Int
  /// Which of the expressions of its block it is.
  let number: Int
  let place: Place
  let name: StringID?
}

extension SyntaxUnit {
  /// Calls `body` with each call that an expression is made of.
  fileprivate func visitCalls(_ id: ExpressionID, _ body: (ExpressionID) -> Void) {
    visit(id) { part in
      if expressions[part.index].kind == .call { body(part) }
    }
  }

  /// Names of members that some assignment stores in.
  fileprivate func writtenMembers() -> Set<StringID> {
    var names: Set<StringID> = []
    for expression in expressions {
      let isChange =
        expression.kind == .assign
        || (expression.kind == .unary
          && expression.op.isStep)
      guard isChange else { continue }
      var target = ExpressionID(expression.a)
      while true {
        switch form(of: target) {
        case .unary(.dereference, let inner), .unary(.addressOf, let inner), .cast(let inner):
          target = inner
          continue
        case .arrow(_, let name), .member(_, let name): names.insert(name)
        default: break
        }
        break
      }
    }
    return names
  }
}
