/// What is known of an integer: bounds, and whether it can be zero.
struct Interval: Hashable {
  var low: Int64 = .min
  var high: Int64 = .max
  /// False when the value is known not to be zero.
  var mayBeZero = true

  static let any = Interval()
  static let zero = Interval(low: 0, high: 0)
  static let nonzero = Interval(mayBeZero: false)
  /// An address that is neither NULL nor an error pointer.
  static let address = Interval(low: 1, mayBeZero: false)
  static let negative = Interval(high: -1, mayBeZero: false)
  static let nonnegative = Interval(low: 0)
  static let bool = Interval(low: 0, high: 1)

  static func exactly(_ number: Int64) -> Interval {
    Interval(low: number, high: number, mayBeZero: number == 0)
  }

  /// True when no integer is left.
  var isEmpty: Bool { low > high || (low == 0 && high == 0 && !mayBeZero) }

  /// The only value left, if it is one.
  var number: Int64? { low == high ? low : nil }

  /// True when zero is left.
  var containsZero: Bool { mayBeZero && low <= 0 && high >= 0 }

  /// Values in both.
  func meet(_ other: Interval) -> Interval {
    Interval(
      low: max(low, other.low), high: min(high, other.high),
      mayBeZero: mayBeZero && other.mayBeZero
    ).normalized
  }

  /// The smallest interval around both.
  func join(_ other: Interval) -> Interval {
    Interval(
      low: min(low, other.low), high: max(high, other.high),
      mayBeZero: containsZero || other.containsZero)
  }

  /// True when no value is in both.
  func isDisjoint(from other: Interval) -> Bool { meet(other).isEmpty }

  private var normalized: Interval {
    var copy = self
    if !mayBeZero {
      if copy.low == 0 { copy.low = 1 }
      if copy.high == 0 { copy.high = -1 }
    } else if low > 0 || high < 0 {
      copy.mayBeZero = false
    }
    return copy
  }
}
