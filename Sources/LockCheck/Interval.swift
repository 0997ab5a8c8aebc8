/// What is known of an integer: bounds, whether it can be zero, and one range in between that it is
/// not in.
///
/// The sets that can be told are not closed under union and intersection: what comes out of `join`
/// and `meet` is the smallest one around, but for the gap, of which the one nearest to zero is kept.
/// Equal sets are equal values.
struct Interval: Hashable {
  private(set) var low: Int64
  private(set) var high: Int64
  /// False when the value is known not to be zero.
  private var mayBeZero: Bool
  /// Numbers between the bounds that it is not; of no number when the first is above the last.
  private var gapLow: Int64 = 1
  private var gapHigh: Int64 = 0

  static let any = Interval()
  static let zero = Interval(low: 0, high: 0)
  static let nonzero = Interval(mayBeZero: false)
  /// An address that is neither NULL nor an error pointer.
  static let address = Interval(low: 1)
  static let negative = Interval(high: -1)
  static let nonnegative = Interval(low: 0)
  static let bool = Interval(low: 0, high: 1)

  init(low: Int64 = .min, high: Int64 = .max, mayBeZero: Bool = true) {
    (self.low, self.high, self.mayBeZero) = (low, high, mayBeZero)
    normalize()
  }

  static func exactly(_ number: Int64) -> Interval { Interval(low: number, high: number) }

  /// Every number but one.
  static func except(_ number: Int64) -> Interval {
    var all = Interval.any
    (all.gapLow, all.gapHigh) = (number, number)
    all.normalize()
    return all
  }

  /// True when no integer is left.
  var isEmpty: Bool { low > high }

  /// The only value left, if it is one.
  var number: Int64? { low == high ? low : nil }

  /// True when zero is left.
  var containsZero: Bool { mayBeZero }

  /// Values in both.
  func meet(_ other: Interval) -> Interval {
    var both = Interval(
      low: max(low, other.low), high: min(high, other.high),
      mayBeZero: mayBeZero && other.mayBeZero)
    guard hasGap || other.hasGap else { return both }
    let gaps = [self, other].filter(\.hasGap).map { Gap(low: $0.gapLow, high: $0.gapHigh) }
    both.leaveOut(gaps.count == 2 ? gaps[0].united(with: gaps[1]) : gaps)
    return both
  }

  /// The smallest interval around both.
  func join(_ other: Interval) -> Interval {
    if self == other || other.isEmpty { return self }
    if isEmpty { return other }
    var around = Interval(
      low: min(low, other.low), high: max(high, other.high),
      mayBeZero: mayBeZero || other.mayBeZero)
    around.leaveOut(
      outside.flatMap { mine in other.outside.compactMap { mine.shared(with: $0) } })
    return around
  }

  /// Every number of the same signs: whether there are negative ones, positive ones and zero.
  var signs: Interval {
    Interval(
      low: low > 0 ? 1 : low == 0 ? 0 : .min, high: high < 0 ? -1 : high == 0 ? 0 : .max,
      mayBeZero: mayBeZero)
  }

  /// True when no value is in both.
  func isDisjoint(from other: Interval) -> Bool { meet(other).isEmpty }

  private var hasGap: Bool { gapLow <= gapHigh }

  /// The numbers that it is not.
  private var outside: [Gap] {
    var gaps: [Gap] = []
    if low > .min { gaps.append(Gap(low: .min, high: low - 1)) }
    if hasGap { gaps.append(Gap(low: gapLow, high: gapHigh)) }
    if high < .max { gaps.append(Gap(low: high + 1, high: .max)) }
    return gaps
  }

  /// Keeps of some gaps those at the bounds, and of the others the one nearest to zero.
  private mutating func leaveOut(_ gaps: [Gap]) {
    let inside = gaps.filter { $0.low > low && $0.high < high && ($0.low, $0.high) != (0, 0) }
    for gap in gaps where gap.low <= low || gap.high >= high { leaveOut(gap) }
    if let nearest = inside.min(by: { $0.isNearer(than: $1) }) { leaveOut(nearest) }
  }

  private mutating func leaveOut(_ gap: Gap) {
    (gapLow, gapHigh) = (gap.low, gap.high)
    normalize()
  }

  /// Brings equal sets to one form.
  private mutating func normalize() {
    if low > high {
      self = Self.none
      return
    }
    if mayBeZero, low > 0 || high < 0 || (gapLow <= 0 && gapHigh >= 0) { mayBeZero = false }
    if hasGap, !mayBeZero {
      // Zero beside the gap belongs to it.
      if gapLow == 1 { gapLow = 0 }
      if gapHigh == -1 { gapHigh = 0 }
    }
    var trimmed = self
    if hasGap, gapLow <= low, gapHigh >= low { trimmed.low = after(gapHigh) }
    if hasGap, gapLow <= high, gapHigh >= high { trimmed.high = before(gapLow) }
    if !mayBeZero, low == 0 { trimmed.low = max(trimmed.low, 1) }
    if !mayBeZero, high == 0 { trimmed.high = min(trimmed.high, -1) }
    if hasGap, gapHigh < trimmed.low || gapLow > trimmed.high || (gapLow, gapHigh) == (0, 0) {
      (trimmed.gapLow, trimmed.gapHigh) = (1, 0)
    }
    guard (trimmed.low, trimmed.high, trimmed.hasGap) != (low, high, hasGap) else { return }
    self = trimmed
    normalize()
  }

  private func after(_ number: Int64) -> Int64 { number == .max ? number : number + 1 }
  private func before(_ number: Int64) -> Int64 { number == .min ? number : number - 1 }

  private static let none: Interval = {
    var none = Interval.any
    (none.low, none.high, none.mayBeZero) = (1, 0, false)
    return none
  }()
}

/// Numbers that something is not, all from `low` to `high`.
private struct Gap {
  let low: Int64
  let high: Int64

  /// The numbers in both; nil when there are none.
  func shared(with other: Gap) -> Gap? {
    let both = Gap(low: max(low, other.low), high: min(high, other.high))
    return both.low <= both.high ? both : nil
  }

  /// One gap where the two touch, else both.
  func united(with other: Gap) -> [Gap] {
    let isApart =
      (high < other.low && high &+ 1 != other.low) || (other.high < low && other.high &+ 1 != low)
    return isApart
      ? [self, other] : [Gap(low: min(low, other.low), high: max(high, other.high))]
  }

  /// True when it begins nearer to zero than `other`, or is wider.
  func isNearer(than other: Gap) -> Bool {
    let (mine, its) = (distance, other.distance)
    return mine != its ? mine < its : size != other.size ? size > other.size : low < other.low
  }

  private var distance: UInt64 {
    low > 0 ? low.magnitude : high < 0 ? high.magnitude : 0
  }

  private var size: UInt64 { UInt64(bitPattern: high &- low) }
}
