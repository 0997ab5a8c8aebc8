import CSyntax

// Facts about values on a path: what a branch or a callee's result says, and what follows from it.
extension PathState {
  /// What is known of `value`.
  func interval(of value: Value, in table: ValueTable) -> Interval {
    let known = facts[value] ?? .any
    switch table[value] {
    case .constant(let number): return .exactly(number)
    case .global, .function, .string, .local: return .address
    case .unary(.not, let inner):
      let inside = interval(of: inner, in: table)
      if !inside.containsZero { return .zero }
      if inside == .zero { return .exactly(1) }
      return known.meet(.bool)
    case .binary(let op, let a, let b):
      return known.meet(derived(op, a, b, in: table))
    case .field, .element:
      // The address of a part of an object is no NULL pointer.
      return .address
    default: return known
    }
  }

  private func derived(_ op: Operator, _ a: Value, _ b: Value, in table: ValueTable) -> Interval {
    let (x, y) = (interval(of: a, in: table), interval(of: b, in: table))
    switch op {
    case .equal:
      if x.isDisjoint(from: y) || isLess(a, b, in: table) || isLess(b, a, in: table) {
        return .zero
      }
      if let n = x.number, n == y.number { return .exactly(1) }
      return .bool
    case .notEqual:
      if x.isDisjoint(from: y) { return .exactly(1) }
      if let n = x.number, n == y.number { return .zero }
      return .bool
    case .less:
      let cannotBe = isEqual(a, b, in: table) || isLess(b, a, in: table)
      return Self.ordered(x.high < y.low, x.low >= y.high || cannotBe)
    case .lessOrEqual: return Self.ordered(x.high <= y.low, x.low > y.high)
    case .greater: return Self.ordered(x.low > y.high, x.high <= y.low)
    case .greaterOrEqual: return Self.ordered(x.low >= y.high, x.high < y.low)
    case .and:
      if x == .zero || y == .zero { return .zero }
      if let n = x.number, let mask = y.number { return .exactly(n & mask) }
      if y.number == 1, case .binary(.multiply, _, let factor) = table[a],
        let n = table.number(factor), n & 1 == 0
      {
        return .zero
      }
      if let mask = y.number, mask >= 0 { return Interval(low: 0, high: mask) }
      return .any
    case .add:
      // A pointer that is moved on is as little NULL as before.
      guard x.low > 0, let n = y.number, n > 0 else { return .any }
      return Interval(low: x.low.adding(n), high: x.high.adding(n))
    case .subtract:
      // `NOTIFY_OK - ret`, where `ret` is known to be more: an error.
      guard let n = x.number, let least = n.subtracting(y.high), let most = n.subtracting(y.low)
      else { return .any }
      return Interval(low: least, high: most)
    case .or: return x.containsZero && y.containsZero ? .any : .nonzero
    default: return .any
    }
  }

  /// A branch found `a` less than `b`.
  private func isLess(_ a: Value, _ b: Value, in table: ValueTable) -> Bool {
    isTrue(.binary(.less, a, b), in: table)
  }

  private func isEqual(_ a: Value, _ b: Value, in table: ValueTable) -> Bool {
    isTrue(b < a ? .binary(.equal, b, a) : .binary(.equal, a, b), in: table)
  }

  private func isTrue(_ comparison: ValueNode, in table: ValueTable) -> Bool {
    guard !facts.isEmpty, let value = table.existing(comparison), let known = facts[value] else {
      return false
    }
    return !known.containsZero
  }

  private static func ordered(_ yes: Bool, _ no: Bool) -> Interval {
    yes ? .exactly(1) : no ? .zero : .bool
  }

  /// Takes `value` to be non-zero (or zero); false when that cannot be.
  mutating func assume(_ value: Value, _ truth: Bool, in table: ValueTable) -> Bool {
    guard restrict(value, to: truth ? .nonzero : .zero, in: table) else { return false }
    switch table[value] {
    case .unary(.not, let inner): return assume(inner, !truth, in: table)
    case .binary(let op, let a, let b): return assume(op, a, b, truth, in: table)
    default: return true
    }
  }

  /// Takes `value` to lie in `interval`; false when that cannot be.
  mutating func restrict(_ value: Value, to interval: Interval, in table: ValueTable) -> Bool {
    let both = self.interval(of: value, in: table).meet(interval)
    guard !both.isEmpty else { return false }
    if case .constant = table[value] { return true }
    facts[value] = both
    return true
  }

  private mutating func assume(
    _ op: Operator, _ a: Value, _ b: Value, _ truth: Bool, in table: ValueTable
  ) -> Bool {
    if let n = interval(of: b, in: table).number {
      return assume(op, a, n, truth, in: table)
    }
    if let n = interval(of: a, in: table).number, let turned = op.turned {
      return assume(turned, b, n, truth, in: table)
    }
    switch (op, truth) {
    case (.equal, true), (.notEqual, false):
      // Equal values share what is known of either.
      let both = interval(of: a, in: table).meet(interval(of: b, in: table))
      return restrict(a, to: both, in: table) && restrict(b, to: both, in: table)
    case (.and, true):
      return assume(a, true, in: table) && assume(b, true, in: table)
    default: return true
    }
  }

  private mutating func assume(
    _ op: Operator, _ a: Value, _ n: Int64, _ truth: Bool, in table: ValueTable
  ) -> Bool {
    switch (op, truth) {
    case (.equal, true), (.notEqual, false): return restrict(a, to: .exactly(n), in: table)
    case (.equal, false), (.notEqual, true):
      let now = interval(of: a, in: table)
      if now.number == n { return false }
      return restrict(a, to: .except(n), in: table)
    case (.less, true), (.greaterOrEqual, false):
      return n == .min ? false : restrict(a, to: Interval(high: n - 1), in: table)
    case (.lessOrEqual, true), (.greater, false):
      return restrict(a, to: Interval(high: n), in: table)
    case (.greater, true), (.lessOrEqual, false):
      return n == .max ? false : restrict(a, to: Interval(low: n + 1), in: table)
    case (.greaterOrEqual, true), (.less, false):
      return restrict(a, to: Interval(low: n), in: table)
    case (.and, true): return assume(a, true, in: table)
    default: return true
    }
  }
}

extension Int64 {
  /// The sum of a bound and a number, where the largest number stands for none.
  fileprivate func adding(_ number: Int64) -> Int64 {
    let (sum, isTooLarge) = addingReportingOverflow(number)
    return isTooLarge || self == .max ? .max : sum
  }

  /// The difference to a bound, where the outermost numbers stand for none; nil where it is too large.
  fileprivate func subtracting(_ bound: Int64) -> Int64? {
    if bound == .max { return .min }
    if bound == .min { return .max }
    let (difference, isTooLarge) = subtractingReportingOverflow(bound)
    return isTooLarge ? nil : difference
  }
}

extension Operator {
  /// The comparison with its sides exchanged.
  fileprivate var turned: Operator? {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .greater: .less
    case .lessOrEqual: .greaterOrEqual
    case .greaterOrEqual: .lessOrEqual
    default: nil
    }
  }
}
