import CSyntax

/// Which functions of a unit can matter to locks, and which are plain getters.
struct CallFacts {
  /// Index of each function by name.
  let functions: [StringID: Int]
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
    isRelevant = relevant
    isSmall = small
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
