internal import Foundation

/// What b4 notes about a series that it prepares, read from its tracking data.
struct B4Series {
  /// The line between a cover letter and the tracking data below it.
  static let marker = "--- b4-submit-tracking ---"

  let baseBranch: String?

  /// - Parameter tracking: the JSON itself.
  init?(tracking: String) {
    struct Tracking: Decodable {
      struct Series: Decodable {
        let baseBranch: String?
        enum CodingKeys: String, CodingKey { case baseBranch = "base-branch" }
      }
      let series: Series
    }
    guard let data = try? JSONDecoder().decode(Tracking.self, from: Data(tracking.utf8))
    else { return nil }
    baseBranch = data.series.baseBranch
  }

  /// - Parameter message: of the cover letter's commit; the JSON follows the marker and a remark.
  init?(message: String) {
    guard let marker = message.range(of: Self.marker),
      let start = message[marker.upperBound...].firstIndex(of: "{")
    else { return nil }
    self.init(tracking: String(message[start...]))
  }
}
