import Foundation

/// What b4 review tells of the series under review, in the file that `B4_TRACKING_FILE` names.
enum B4Tracking {
  private struct Document: Decodable {
    struct Series: Decodable {
      let base: String?
      /// Prerequisites may lie between the two.
      let first: String?

      private enum CodingKeys: String, CodingKey {
        case base = "base-commit"
        case first = "first-patch-commit"
      }
    }

    let series: Series
  }

  /// The range of the series; none where b4 does not say, which means the branch.
  static var range: [String] {
    guard let file = ProcessInfo.processInfo.environment["B4_TRACKING_FILE"],
      let data = FileManager.default.contents(atPath: file),
      let series = (try? JSONDecoder().decode(Document.self, from: data))?.series
    else { return [] }
    if let first = series.first, isCommit(first) { return ["\(first)~1..HEAD"] }
    if let base = series.base, isCommit(base) { return ["\(base)..HEAD"] }
    return []
  }

  private static func isCommit(_ word: String) -> Bool {
    word.count >= 7 && word.allSatisfy(\.isHexDigit)
  }
}
