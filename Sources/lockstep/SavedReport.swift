import Findings
import Foundation
import Report

/// A report that was saved with `--format json`.
struct SavedReport {
  let result: ReviewResult

  /// - Throws: `MergeError.unreadable`.
  init(_ data: Data, named name: String) throws(MergeError) {
    do {
      result = try JSONDecoder().decode(ReviewResult.self, from: data)
    } catch {
      throw .unreadable(name: name, reason: "it does not have what --format json writes")
    }
  }
}
