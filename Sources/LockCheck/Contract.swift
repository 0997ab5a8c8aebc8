import BuiltinRules
import CSyntax

/// What an annotation of a function promises about a lock.
struct Promise {
  let annotation: LockAnnotation
  /// The argument that names the lock, as it is written.
  let text: String

  /// The function may return with a lock that it has taken.
  var mayHold: Bool {
    annotation.promise == .acquires || annotation.promise == .acquiresSometimes
  }

  /// What the annotations around a function's declarator say.
  static func all(of function: Function, by rules: LockRules) -> [Promise] {
    function.annotations.compactMap { text in
      guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
      let name = text[..<open].filter { !$0.isWhitespace }
      guard let annotation = rules.annotations[name] else { return nil }
      let inside = text[text.index(after: open)..<text.index(before: text.endIndex)]
      let parts = inside.split(separator: ",")
      guard annotation.argument < parts.count else { return nil }
      return Promise(
        annotation: annotation, text: parts[annotation.argument].filter { !$0.isWhitespace })
    }
  }
}

extension LockAnalysis {
  /// What the annotations around a function's declarator say.
  func promises(_ function: Function) -> [Promise] { Promise.all(of: function, by: rules) }

  /// The lock that the text of an annotation's argument names: a path from a parameter or a global.
  ///
  /// Nil for what is no path, such as `RCU`.
  mutating func lock(namedBy text: String, in function: Function) -> Value? {
    var path = text[...]
    while let first = path.first, first == "&" || first == "(" { path = path.dropFirst() }
    while path.last == ")" { path = path.dropLast() }
    let steps = path.replacing("->", with: ">").split(
      separator: /[.>]/, omittingEmptySubsequences: false)
    guard let root = steps.first, steps.allSatisfy(Self.isName) else { return nil }
    let separators = path.replacing("->", with: ">").filter { $0 == "." || $0 == ">" }
    var value: Value
    var isPointer = false
    let parameter = function.parameters.firstIndex {
      unit.strings[StringID(unit.variables[$0.index].name)] == root
    }
    if let parameter {
      value = table.make(.parameter(parameter))
      isPointer = true
    } else if steps.count > 1 || text.hasPrefix("&") {
      value = table.make(.global(unit.strings.intern(String(root))))
    } else {
      return nil
    }
    for (separator, step) in zip(separators, steps.dropFirst()) {
      if separator == ">", !isPointer { value = table.make(.content(value)) }
      isPointer = false
      value = member(unit.strings.intern(String(step)), of: value)
    }
    return value
  }

  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// At the start of a function its caller holds what an annotation requires.
  mutating func takePromises(of function: Function, _ state: inout PathState) {
    for promise in promises(function) where promise.annotation.promise == .requires {
      guard let lock = lock(namedBy: promise.text, in: function) else { continue }
      let isShared = promise.annotation.mode == .shared
      claim(isShared ? .shared : .held, lock, family: nil, &state)
    }
  }

  /// Notes ways out on which an annotation's promise is not kept.
  mutating func judgePromises(_ run: inout FunctionRun) {
    let promises = self.promises(run.function)
    for promise in promises {
      let isUndone = promises.contains {
        $0.annotation.promise == .releases && $0.text == promise.text
      }
      guard !isUndone, let lock = lock(namedBy: promise.text, in: run.function) else { continue }
      switch promise.annotation.promise {
      case .requires: judgeRequired(lock, &run)
      case .acquires where run.function.returns == .void: judgeAcquired(lock, &run)
      default: break
      }
    }
  }

  /// The caller's lock must be there at the end as well, unless a positive result says that it is not.
  private func judgeRequired(_ lock: Value, _ run: inout FunctionRun) {
    let others = run.exits.map(\.state).filter { ($0.entry(of: lock)?.net ?? 0) >= 0 }
    for (state, place) in run.exits where !state.isVague {
      guard let entry = state.entry(of: lock), entry.net < 0, entry.isKnown, !entry.isReported,
        !isToldByNumber(state, others)
      else { continue }
      note(unkept: lock, entry, state, place, &run)
    }
  }

  /// A function without a result takes the lock on all ways, if on any.
  private mutating func judgeAcquired(_ lock: Value, _ run: inout FunctionRun) {
    let entries = run.exits.map { $0.state.entry(of: lock) }
    guard entries.contains(where: { $0.map { $0.net > 0 && $0.isKnown } ?? false }) else { return }
    for (exit, entry) in zip(run.exits, entries)
    where !exit.state.isVague && !exit.state.forgotten.contains(lock) {
      guard !isHeldByAnotherName(lock, exit.state),
        entry.map({ !$0.isHeld && $0.isKnown && !$0.isReported }) ?? true
      else { continue }
      note(unkept: lock, nil, exit.state, exit.place, &run)
    }
  }

  private func note(
    unkept lock: Value, _ entry: LockEntry?, _ state: PathState, _ place: Place,
    _ run: inout FunctionRun
  ) {
    run.reports.append(
      LockReport(
        type: .lockContract, confidence: .high, place: place, lock: lock,
        earlier: entry?.event ?? -1, witness: state.witness, call: nil, held: entry, action: nil,
        rightExit: nil, memory: state.memory))
  }
}
