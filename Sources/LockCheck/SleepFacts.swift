import BuiltinRules
import CSyntax

/// Which functions of a unit may sleep at all, as their calls have it, whatever the paths.
struct SleepFacts {
  /// True for functions that mention something that may sleep, themselves or through others.
  let maySleep: [Bool]

  /// - Parameter callers: Functions of the unit that mention each function.
  init(of unit: SyntaxUnit, callers: [[Int]], rules: LockRules) {
    var sleeping = [Bool](repeating: false, count: unit.strings.strings.count)
    for (number, name) in unit.strings.strings.enumerated() {
      sleeping[number] = rules.maySleep(name)
    }
    var found = unit.functions.map { function in
      unit.expressions[function.expressions].contains {
        ($0.kind == .function && sleeping[Int($0.a)]) || ($0.macro >= 0 && sleeping[Int($0.macro)])
      }
    }
    var waiting = found.indices.filter { found[$0] }
    while let next = waiting.popLast() {
      for caller in callers[next] where !found[caller] {
        found[caller] = true
        waiting.append(caller)
      }
    }
    maySleep = found
  }
}

extension LockRules {
  /// True for names of which some call may sleep.
  func maySleep(_ name: String) -> Bool {
    sleepers.contains(name) || allocators[name] != nil
      || operations[name]?.contains(where: \.sleeps) == true
  }
}

/// One way by which a function may come to sleep, in the values of its own parameters.
struct SleepWay {
  /// What must be true of the arguments and of memory at the call.
  struct Condition: Hashable {
    let value: Value
    let interval: Interval
    /// It has to be known to be so: it asks for a flag, or for what the caller passed.
    let isDecisive: Bool
  }

  /// The calls that lead to the sleep, outermost first.
  var calls: [StringID]
  var conditions: [Condition] = []
  /// GFP flags that must allow to sleep; nil when it does not depend on any.
  var flags: Value?
  /// A lock of the caller is released by then.
  var releases = false
  /// Memory is allocated, which may be all that sleeps.
  var isAllocation = false

  /// More ways than this of one function are not kept.
  static let limit = 8
}
