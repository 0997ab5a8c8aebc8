/// The time that a review may take.
struct Budget: Sendable {
  private let seconds: Double?
  private let end: ContinuousClock.Instant?

  /// Begins to count; nil never ends.
  init(_ seconds: Double?) {
    self.seconds = seconds
    end = seconds.map { .now + .seconds($0) }
  }

  /// Why nothing more can be done; nil while there is time.
  var excuse: String? {
    guard let seconds, let end, .now >= end else { return nil }
    return "left out, for the budget of \(seconds.formatted) s was used up"
  }
}

extension Double {
  fileprivate var formatted: String { self == rounded() ? String(Int(self)) : String(self) }
}
