import CSyntax

/// Which functions of a unit can matter to locks, and which are plain getters.
struct CallFacts {
  /// Index of each function by name.
  let functions: [StringID: Int]
  /// Functions of the unit that mention each function.
  let callers: [[Int]]
  /// True for functions that do something to a lock, themselves or through others of the unit.
  let isRelevant: [Bool]
  /// Families of which each function, or one that it calls, takes or releases a lock.
  let taken: [FamilySet]
  let released: [FamilySet]
  /// Functions whose address is used other than in a call: anyone may call them.
  let isAddressTaken: Set<StringID>
  /// True for functions so small that their value may be computed at each call.
  let isSmall: [Bool]

  /// - Parameters:
  ///   - isOperation: whether a call of that name does something to a lock.
  ///   - wantsLock: whether an annotation of the function says that its callers hold a lock.
  ///   - families: the families of which a call of that name takes and releases locks.
  init(
    of unit: SyntaxUnit, isOperation: (String) -> Bool, wantsLock: (Function) -> Bool,
    families: (String) -> (taken: FamilySet, released: FamilySet)
  ) {
    var functions: [StringID: Int] = [:]
    for (index, function) in unit.functions.enumerated() where functions[function.name] == nil {
      functions[function.name] = index
    }
    var callers: [[Int]] = Array(repeating: [], count: unit.functions.count)
    var relevant = [Bool](repeating: false, count: unit.functions.count)
    var small = relevant
    var taken = [FamilySet](repeating: [], count: unit.functions.count)
    var released = taken
    for (index, function) in unit.functions.enumerated() {
      relevant[index] = wantsLock(function)
      let names = Set(unit.calledNames(in: function))
      for name in names {
        if let callee = functions[name] { callers[callee].append(index) }
        guard isOperation(unit.strings[name]) else { continue }
        relevant[index] = true
        let touched = families(unit.strings[name])
        taken[index].formUnion(touched.taken)
        released[index].formUnion(touched.released)
      }
      let statements = unit.statements[function.statements]
      small[index] =
        function.expressions.count <= 60
        && !statements.contains { unit.mayRepeat($0) }
    }
    var waiting = relevant.indices.filter { relevant[$0] }
    while let next = waiting.popLast() {
      for caller in callers[next] {
        let isNew =
          !relevant[caller] || !taken[caller].isSuperset(of: taken[next])
          || !released[caller].isSuperset(of: released[next])
        guard isNew else { continue }
        relevant[caller] = true
        taken[caller].formUnion(taken[next])
        released[caller].formUnion(released[next])
        waiting.append(caller)
      }
    }
    self.taken = taken
    self.released = released
    isAddressTaken = unit.functionsWithAddressTaken
    self.functions = functions
    self.callers = callers
    isRelevant = relevant
    isSmall = small
  }
}

/// A set of lock families, by their index; families 64 apart share a place.
struct FamilySet: OptionSet {
  let rawValue: UInt64

  init(rawValue: UInt64) { self.rawValue = rawValue }
  init(family: Int) { rawValue = 1 << UInt64(family & 63) }

  func has(_ family: Int) -> Bool { contains(FamilySet(family: family)) }
}

extension SyntaxUnit {
  /// True for loops and jumps; `do { … } while (0)`, which macros are made of, is none.
  fileprivate func mayRepeat(_ statement: Statement) -> Bool {
    switch statement.kind {
    case .for, .while, .goto: return true
    case .do:
      if case .integer(0) = form(of: ExpressionID(statement.b)) { return false }
      return true
    default: return false
    }
  }

  /// Functions that are mentioned other than as what a call calls, or in an ops table.
  var functionsWithAddressTaken: Set<StringID> {
    var mentions: [Int32: Int] = [:]
    for expression in expressions {
      switch expression.kind {
      case .function: mentions[expression.a, default: 0] += 1
      case .call where expressions[Int(expression.a)].kind == .function:
        mentions[expressions[Int(expression.a)].a, default: 0] -= 1
      default: break
      }
    }
    let tabled = Set(operations.values.joined())
    return Set(
      functions.lazy.map(\.name).filter {
        mentions[$0.raw, default: 0] > 0 || tabled.contains(strings[$0])
      })
  }

  /// The only function that tables of the file's own structs have at the member by which it is called.
  func ownOperation(called callee: ExpressionID) -> StringID? {
    guard !ownOperations.isEmpty else { return nil }
    switch form(of: callee) {
    case .arrow(_, let member), .member(_, let member):
      guard let names = ownOperations[strings[member]], Set(names).count == 1 else { return nil }
      return strings.id(of: names[0])
    default: return nil
    }
  }

  /// Names of the functions that `function` mentions: calls, clean-ups, and addresses taken.
  func calledNames(in function: Function) -> [StringID] {
    var names = expressions[function.expressions].compactMap {
      switch $0.kind {
      case .function: StringID($0.a)
      case .call: ownOperation(called: ExpressionID($0.a))
      default: nil
      }
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
