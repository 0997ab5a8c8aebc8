import CSyntax

/// Which functions of a unit can matter to locks, and which are plain getters.
struct CallFacts {
  /// Index of each function by name.
  let functions: [StringID: Int]
  /// Functions of the unit that mention each function.
  let callers: [[Int]]
  /// True for functions that do something to a lock, themselves or through others of the unit.
  let isRelevant: [Bool]
  /// True for functions so small that their value may be computed at each call.
  let isSmall: [Bool]

  /// - Parameter isOperation: whether a call of that name does something to a lock.
  init(of unit: SyntaxUnit, isOperation: (String) -> Bool) {
    var functions: [StringID: Int] = [:]
    for (index, function) in unit.functions.enumerated() where functions[function.name] == nil {
      functions[function.name] = index
    }
    var callers: [[Int]] = Array(repeating: [], count: unit.functions.count)
    var relevant = [Bool](repeating: false, count: unit.functions.count)
    var small = relevant
    for (index, function) in unit.functions.enumerated() {
      let names = Set(unit.calledNames(in: function))
      for name in names {
        if let callee = functions[name] { callers[callee].append(index) }
        if isOperation(unit.strings[name]) { relevant[index] = true }
      }
      let statements = unit.statements[function.statements]
      small[index] =
        function.expressions.count <= 60
        && !statements.contains {
          $0.kind == .for || $0.kind == .while || $0.kind == .do || $0.kind == .goto
        }
    }
    var waiting = relevant.indices.filter { relevant[$0] }
    while let next = waiting.popLast() {
      for caller in callers[next] where !relevant[caller] {
        relevant[caller] = true
        waiting.append(caller)
      }
    }
    self.functions = functions
    self.callers = callers
    isRelevant = relevant
    isSmall = small
  }
}

extension CallFacts {
  /// True unless it is certain that nobody releases what function `index` leaves held: a static
  /// function whose callers, all in this file, have no release of that family.
  func mayHandOut(_ index: Int, family: Int, _ analysis: LockAnalysis) -> Bool {
    let function = analysis.unit.functions[index]
    guard function.isStatic, !function.isInline, function.annotations.isEmpty else { return true }
    var seen: Set<Int> = [index]
    var waiting = [index]
    while let next = waiting.popLast() {
      // Its address may be in a table: then anyone may call it.
      if !analysis.isCalledOnly(analysis.unit.functions[next].name) { return true }
      for caller in callers[next] where seen.insert(caller).inserted {
        if analysis.releases(caller, family: family) { return true }
        guard analysis.unit.functions[caller].isStatic else { return true }
        waiting.append(caller)
      }
    }
    return false
  }
}

extension LockAnalysis {
  /// True when every mention of the function in the unit is a call.
  func isCalledOnly(_ name: StringID) -> Bool {
    let mentions = unit.expressions.count { $0.kind == .function && $0.a == name.raw }
    let calls = unit.expressions.count {
      $0.kind == .call && unit.expressions[Int($0.a)].kind == .function
        && unit.expressions[Int($0.a)].a == name.raw
    }
    return mentions == calls
      && !unit.operations.values.contains { $0.contains(unit.strings[name]) }
  }

  /// True when the function, or one of the unit that it calls, releases a lock of the family.
  func releases(_ index: Int, family: Int) -> Bool {
    var seen: Set<Int> = [index]
    var waiting = [index]
    while let next = waiting.popLast() {
      for name in unit.calledNames(in: unit.functions[next]) {
        let operations = rules.operations[unit.strings[name]] ?? []
        if operations.contains(where: { $0.action == .release && $0.family == family }) {
          return true
        }
        if let callee = calls.functions[name], seen.insert(callee).inserted {
          waiting.append(callee)
        }
      }
    }
    return false
  }
}

extension SyntaxUnit {
  /// Names of the functions that `function` mentions: calls, clean-ups, and addresses taken.
  func calledNames(in function: Function) -> [StringID] {
    var names = expressions[function.expressions].compactMap {
      $0.kind == .function ? StringID($0.a) : nil
    }
    for statement in statements[function.statements] where statement.kind == .declaration {
      for raw in lists[Int(statement.a)..<Int(statement.a + statement.b)] {
        let cleanup = variables[Int(raw)].cleanup
        if cleanup >= 0 { names.append(StringID(cleanup)) }
      }
    }
    return names
  }
}
