import Testing

@testable import LockCheck

/// Intervals against plain sets of small numbers.
@Suite struct IntervalTests {
  /// Intervals of many forms, each with the numbers from −6 to 6 that it holds.
  static let samples: [(interval: Interval, numbers: Set<Int64>)] = {
    let bounds = (-2...2).flatMap { low in (low...2).map { Interval(low: low, high: $0) } }
    let half = (-2...2).flatMap { [Interval(low: $0), Interval(high: $0)] }
    let holes = (-2...2).map { Interval.except($0) }
    let simple = bounds + half + holes + [.any, .nonzero]
    let cut = bounds.flatMap { range in holes.map { range.meet($0) } }
    let twice = cut.flatMap { range in [range.meet(.nonzero), range.join(.exactly(3))] }
    return Set(simple + cut + twice).map { ($0, numbers(of: $0)) }
  }()

  private static func numbers(of interval: Interval) -> Set<Int64> {
    Set((-6...6).filter { holds($0, in: interval) })
  }

  private static func holds(_ number: Int64, in interval: Interval) -> Bool {
    !interval.isDisjoint(from: .exactly(number))
  }

  @Test func meetsAndJoinsLoseNoNumber() {
    for (a, mine) in Self.samples {
      for (b, its) in Self.samples {
        let (meet, join) = (a.meet(b), a.join(b))
        #expect(mine.intersection(its).allSatisfy { Self.holds($0, in: meet) }, "\(a) and \(b)")
        #expect(mine.union(its).allSatisfy { Self.holds($0, in: join) }, "\(a) or \(b)")
      }
    }
  }

  @Test func aJoinNeverKnowsMoreThanOneOfItsSides() {
    for (a, mine) in Self.samples {
      for (b, _) in Self.samples {
        let join = a.join(b)
        #expect(Self.numbers(of: join).isSuperset(of: mine))
        // What has been joined once stays as it is.
        #expect(join.join(b) == join, "\(a) or \(b)")
      }
    }
  }

  @Test func whatIsLeftOutBetweenTwoNumbersIsKnown() {
    let either = Interval.zero.join(.exactly(2))
    #expect(either.isDisjoint(from: .exactly(1)))
    #expect(!either.isDisjoint(from: .exactly(2)) && either.containsZero)
    let failed = Interval.nonzero.meet(.except(-11))
    #expect(failed.isDisjoint(from: .exactly(-11)) && failed.isDisjoint(from: .zero))
    #expect(!failed.isDisjoint(from: .exactly(-12)))
  }

  @Test func equalSetsAreEqual() {
    #expect(Interval.nonzero == .except(0))
    #expect(Interval(low: 0, high: 3).meet(.except(0)) == Interval(low: 1, high: 3))
    #expect(Interval(low: 1, high: 3).meet(.except(3)) == Interval(low: 1, high: 2))
    #expect(Interval.exactly(4).meet(.except(4)).isEmpty)
    #expect(Interval.nonzero.meet(.except(1)) == Interval.except(1).meet(.nonzero))
  }
}
