import Foundation

/// Where everything is said that is no report: progress, notes and complaints.
enum ErrorOutput {
  /// Writes `text` as it is; where nobody reads it, the exit code still says how it ended.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
