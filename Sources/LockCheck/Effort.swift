// What a function may cost. Steps are counted, no time is taken: the answer must not depend on the
// machine.
extension PathState {
  /// How much there is to copy and to compare.
  var size: Int { facts.count + memory.count + locks.count + called.count / 4 }
}

extension FunctionRun {
  /// More than this, in parts of states that steps went through: the function is given up.
  static let effortLimit = 4_000_000
  /// More comparisons of ways out than this: the function is given up.
  static let comparisonLimit = 400_000

  /// Counts states that go through a step.
  mutating func count(_ states: [PathState]) {
    work += states.count
    for state in states { effort += 1 + state.size }
  }

  /// Counts a state that reaches a block; at the end of a round all that it knows gets new names.
  mutating func count(_ state: PathState, endsRound: Bool) {
    effort += (endsRound ? 8 : 1) * (1 + state.size)
  }

  /// True when the analysis has cost all that it may.
  var isTooMuch: Bool { work >= Self.workLimit || effort >= Self.effortLimit }

  /// True when the ways out, each with and without each lock, are too many to compare.
  var hasTooManyExits: Bool {
    var held: [Value: Int] = [:]
    for (state, _) in exits {
      for entry in state.locks where entry.net > 0 { held[entry.lock, default: 0] += 1 }
    }
    var comparisons = 0
    for count in held.values {
      comparisons += count * (exits.count - count)
      if comparisons > Self.comparisonLimit { return true }
    }
    return false
  }
}
