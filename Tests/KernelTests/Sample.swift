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

  /// The names in an order that is the same in every run.
  static func shuffled(_ names: [String], seed: UInt64 = 6_012) -> [String] {
    var generator = Generator(state: seed)
    return names.sorted().shuffled(using: &generator)
  }
}
