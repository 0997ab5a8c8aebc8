import BuiltinRules
import CSyntax

// What calls mean: lock operations by the rules, functions of the unit by their summaries, error
// pointers by arithmetic, everything else opaquely.
extension LockAnalysis {
  mutating func call(
    _ id: ExpressionID, _ callee: ExpressionID, _ arguments: [ExpressionID], _ state: PathState,
    _ run: inout FunctionRun
  ) -> [Outcome] {
    evaluate(all: arguments, state, &run).flatMap { found -> [Outcome] in
      guard case .function(let name) = unit.form(of: callee) else {
        return evaluate(callee, found.state, &run).flatMap { outcome -> [Outcome] in
          guard let name = called(by: outcome.value, callee) else {
            var state = outcome.state
            state.hasCalledUnknown = true
            return [unknownCall(id, nil, found.values, state, run)]
          }
          let call = Call(
            site: id, name: name, arguments: found.values, place: unit.expressions[id.index].place,
            macro: -1)
          return self.call(call, outcome.state, &run)
        }
      }
      let call = Call(
        site: id, name: name, arguments: found.values, place: unit.expressions[id.index].place,
        macro: unit.expressions[id.index].macro)
      return self.call(call, found.state, &run)
    }
  }

  /// The function that a call by pointer means: the pointer's value, or the only one that the file's own
  /// tables have there.
  private func called(by value: Value, _ callee: ExpressionID) -> StringID? {
    if case .function(let name) = table[value] { return name }
    return unit.ownOperation(called: callee)
  }

  /// A call of a named function with evaluated arguments.
  mutating func call(_ call: Call, _ state: PathState, _ run: inout FunctionRun) -> [Outcome] {
    guard call.macro >= 0, rules.warningMacros.contains(unit.strings[call.spokenName]) else {
      return plainCall(call, state, &run)
    }
    // What a warning's condition does to a lock is no part of the plan: nothing is known afterwards.
    return plainCall(call, state, &run).map { outcome in
      var outcome = outcome
      for entry in outcome.state.locks where state.entry(of: entry.lock)?.key != entry.key {
        lose(entry.lock, &outcome.state)
      }
      return outcome
    }
  }

  private mutating func plainCall(
    _ call: Call, _ state: PathState, _ run: inout FunctionRun
  ) -> [Outcome] {
    let name = unit.strings[call.name]
    var state = state
    noteSleep(call, state, &run)
    if rules.neverReturn.contains(name) { return [] }
    if rules.pureCalls.contains(name) {
      let value = table.make(.pure(call.name, call.arguments))
      // There is always a task.
      if call.name == vocabulary.current { _ = state.restrict(value, to: .address, in: table) }
      return [Outcome(state: state, value: value)]
    }
    if let argument = rules.identities[name], argument < call.arguments.count {
      return [Outcome(state: state, value: call.arguments[argument])]
    }
    if rules.evenResults.contains(name) {
      let half = fresh(call.site, &state, run)
      return [
        Outcome(state: state, value: table.make(.binary(.multiply, half, table.constant(2))))
      ]
    }
    if isTransparent(call) {
      return [Outcome(state: state, value: fresh(call.site, &state, run))]
    }
    if let operations = rules.operations[name] {
      return operate(operations, call, state, &run)
    }
    if let query = rules.queries[name] { return ask(query, call, state, &run) }
    if let assertion = rules.assertions[name] {
      take(assertion, call, &state, &run)
      return [Outcome(state: state, value: fresh(call.site, &state, run))]
    }
    if call.name == vocabulary.asPointer, let error = call.arguments.first {
      // Whoever makes a pointer of a number has an error, or none.
      _ = state.restrict(error, to: Interval(high: 0), in: table)
    }
    if let value = answer(call, state) { return [Outcome(state: state, value: value)] }
    let index = calls.functions[call.name]
    let callbacks = index.map { self.callbacks(of: call, to: $0) } ?? [:]
    if callbacks.isEmpty {
      for case .function(let callback) in call.arguments.map({ table[$0] }) {
        // A function of the file that is passed on may be called.
        if let index = calls.functions[callback], calls.isRelevant[index] { blur(index, &state) }
      }
    }
    if let index, !rules.transparentCalls.contains(name) {
      return callKnown(index, callbacks, call, state, &run)
    }
    return [unknownCall(call.site, call.name, call.arguments, state, run)]
  }

  /// True inside a macro that does nothing to locks as a whole, whatever its parts do.
  private func isTransparent(_ call: Call) -> Bool {
    call.macro >= 0 && rules.transparentMacros.contains(unit.strings[StringID(call.macro)])
      && calls.functions[call.name].map { calls.isRelevant[$0] } != false
  }

  /// The clean-up of a variable at the end of its scope.
  mutating func cleanUp(
    _ variable: VariableID, at place: Place, _ state: PathState, _ run: inout FunctionRun
  ) -> [PathState] {
    let function = StringID(unit.variables[variable.index].cleanup)
    let address = table.make(.local(variable))
    // A site of its own, so that values it leaves have a name.
    let site = ExpressionID(-2 - Int(variable.raw))
    let call = Call(
      site: site, name: function, arguments: [address], place: place, macro: -1)
    return self.call(call, state, &run).map(\.state)
  }

  private mutating func callKnown(
    _ index: Int, _ callbacks: [Int: StringID], _ call: Call, _ state: PathState,
    _ run: inout FunctionRun
  ) -> [Outcome] {
    let isAsked = run.predicates.contains(call.name)
    var state = state
    handOnContained(call.arguments, to: index, &state)
    guard calls.isRelevant[index] || (calls.isSmall[index] && !isAsked) || !callbacks.isEmpty else {
      handOn(call.arguments, to: "", isOwn: true, &state)
      return [opaqueCall(call.site, call.name, call.arguments, isAtHand: true, state, run)]
    }
    let summary =
      callbacks.isEmpty ? self.summary(of: index) : self.summary(of: index, calling: callbacks)
    if summary.isVague {
      isFollowedInPart.insert(run.index)
      var outcome = opaqueCall(call.site, nil, call.arguments, isAtHand: true, state, run)
      blur(index, &outcome.state)
      // A round of calls that leads back here has no effect of its own.
      if !underWay.contains(index) { noteLoosened(index, call, &outcome.state) }
      return [outcome]
    }
    return apply(summary, call, state, &run)
  }

  /// Functions that the call passes to a function which may call them and that matter to locks.
  private func callbacks(of call: Call, to index: Int) -> [Int: StringID] {
    guard calls.isSmall[index] else { return [:] }
    var callbacks: [Int: StringID] = [:]
    for (number, argument) in call.arguments.enumerated() {
      if case .function(let name) = table[argument], let callee = calls.functions[name],
        calls.isRelevant[callee]
      {
        callbacks[number] = name
      }
    }
    return callbacks
  }

  /// After a call of a function that could not be followed: locks of the families that it releases
  /// may be free, those of the families that it takes held, and of families of both nothing is known.
  private mutating func blur(_ index: Int, _ state: inout PathState) {
    let (taken, released) = (calls.taken[index], calls.released[index])
    state.blurred.formUnion(taken)
    leaveOpen(state.locks.filter(\.isHeld), taken: taken, released: released, &state)
  }

  /// Marks held locks that may have been let go of, and loses those that may have been taken back too.
  private mutating func leaveOpen(
    _ held: [LockEntry], taken: FamilySet, released: FamilySet, _ state: inout PathState
  ) {
    let exchanged = taken.intersection(released)
    for entry in held where exchanged.has(entry.family) { lose(entry.lock, &state) }
    handOn(held.filter { released.has($0.family) && !exchanged.has($0.family) }, &state)
  }

  /// Notes for the callers which objects of theirs a function was given that could not be followed.
  private mutating func noteLoosened(_ index: Int, _ call: Call, _ state: inout PathState) {
    for object in call.arguments where isOfCaller(object) {
      state.loosened.insert(
        Loosened(object: object, taken: calls.taken[index], released: calls.released[index]))
    }
  }

  private func isOfCaller(_ object: Value) -> Bool {
    table.isVisible(object)
      && table.contains(object) { node in
        if case .parameter = node { true } else { false }
      }
  }

  /// The same for the locks of one object, which a callee gave to one that was not followed.
  mutating func loosen(_ loosened: Loosened, _ state: inout PathState) {
    let given = state.locks.filter { $0.isHeld && table.isMadeOf($0.lock, loosened.object) }
    leaveOpen(given, taken: loosened.taken, released: loosened.released, &state)
    if isOfCaller(loosened.object) { state.loosened.insert(loosened) }
  }

  /// A call into code that is not at hand: it may let go of locks that it is given.
  private mutating func unknownCall(
    _ site: ExpressionID, _ name: StringID?, _ arguments: [Value], _ state: PathState,
    _ run: FunctionRun
  ) -> Outcome {
    var state = state
    handOnContained(arguments, to: nil, &state)
    let spelling = name.map { unit.strings[$0] } ?? ""
    if !rules.transparentCalls.contains(spelling), rules.queries[spelling] == nil {
      handOn(arguments, to: spelling, isOwn: false, &state)
      // Of other files only what this one needs is at hand: what they call may let go.
      if run.index >= unit.ownFunctionCount { handOnObjects(arguments, &state) }
    }
    var outcome = opaqueCall(site, name, arguments, isAtHand: false, state, run)
    show(arguments, outcome.value, &outcome.state)
    return outcome
  }

  /// A call without an effect on locks, with any result.
  ///
  /// - Parameter name: of a function that does nothing to locks; nil where that is not known.
  mutating func opaqueCall(
    _ site: ExpressionID, _ name: StringID?, _ arguments: [Value], isAtHand: Bool,
    _ state: PathState, _ run: FunctionRun
  ) -> Outcome {
    var state = state
    var value = fresh(site, &state, run)
    if let name, run.predicates.contains(name) { value = table.make(.pure(name, arguments)) }
    invalidate(arguments, by: site, isAtHand: isAtHand, &state)
    return Outcome(state: state, value: value)
  }

  /// What a function without effects says of its argument.
  ///
  /// Error pointers are negative numbers, so that `IS_ERR(p)` is `p < 0` and `PTR_ERR(p)` is `p`.
  private mutating func answer(_ call: Call, _ state: PathState) -> Value? {
    guard let pointer = call.arguments.first else { return nil }
    switch call.name {
    case vocabulary.isError:
      return table.make(.binary(.less, pointer, table.constant(0)))
    case vocabulary.isErrorOrNull:
      return table.make(.binary(.lessOrEqual, pointer, table.constant(0)))
    case vocabulary.asError, vocabulary.asPointer, vocabulary.castError: return pointer
    case vocabulary.errorOrZero:
      let known = state.interval(of: pointer, in: table)
      if known.high < 0 { return pointer }
      return known.low >= 0 ? table.constant(0) : table.make(.pure(call.name, [pointer]))
    case vocabulary.isConstant:
      // Of what is no constant the compiler may still say yes.
      return table.number(pointer) == nil
        ? table.make(.pure(call.name, [pointer])) : table.constant(1)
    default: return swapped(pointer, by: call.name)
    }
  }

  /// A number in the other byte order: `nfs_ok` is `cpu_to_be32(0)`.
  private mutating func swapped(_ value: Value, by name: StringID) -> Value? {
    guard let number = table.number(value) else { return nil }
    return switch name {
    case vocabulary.swap16: table.constant(Int64(UInt16(truncatingIfNeeded: number).byteSwapped))
    case vocabulary.swap32: table.constant(Int64(UInt32(truncatingIfNeeded: number).byteSwapped))
    case vocabulary.swap64: table.constant(number.byteSwapped)
    default: nil
    }
  }
}

/// A call with evaluated arguments.
struct Call {
  let site: ExpressionID
  let name: StringID
  let arguments: [Value]
  let place: Place
  /// The macro that it came from, or −1.
  let macro: Int32

  /// What a message calls it: the macro's name where one was used.
  var spokenName: StringID { macro >= 0 ? StringID(macro) : name }
}

/// An object that was given to a function which could not be followed, with the families of locks
/// that this one takes and releases.
struct Loosened: Comparable {
  var object: Value
  let taken: FamilySet
  let released: FamilySet

  static func < (left: Loosened, right: Loosened) -> Bool {
    (left.object, left.taken.rawValue, left.released.rawValue)
      < (right.object, right.taken.rawValue, right.released.rawValue)
  }
}
