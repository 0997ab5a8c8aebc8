import Foundation

/// How much of the kernel a run of the tests looks at.
enum Sample {
  /// How many files are drawn; LOCKSTEP_SAMPLE makes it larger, as `make bench` does.
  static let size: Int = {
    let text = ProcessInfo.processInfo.environment["LOCKSTEP_SAMPLE"] ?? ""
    return Int(text) ?? 12
  }()

  /// True when the measures are wanted that take minutes.
  static let isLarge = size >= 100

  /// The names in an order that is the same in every run, drawn by a linear congruential generator.
  static func shuffled(_ names: [String], seed: UInt64 = 6_012) -> [String] {
    var generator = Generator(state: seed)
    return names.sorted().shuffled(using: &generator)
  }

  /// The constants are Knuth's (MMIX).
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 32
    }
  }
}
