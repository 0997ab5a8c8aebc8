import Findings
import Foundation
import Mail
import Review

/// One patch of a series, which another program hands over without the others.
struct MailedPatch {
  /// What came of it.
  struct Outcome {
    /// The findings of that patch alone.
    var findings: [Finding]
    /// What of it could not be judged, a sentence each.
    var gaps: [String]
  }

  private let mail: [UInt8]
  /// The range that has the series, where the caller knows it.
  private let range: [String]
  /// Says in the other program's protocol that the budget is used up, and gives the exit code.
  private let onTimeout: @Sendable () -> Int32

  init(_ mail: [UInt8], range: [String] = [], onTimeout: @escaping @Sendable () -> Int32) {
    self.mail = mail
    self.range = range
    self.onTimeout = onTimeout
  }

  /// Reviews it as part of its series: as a commit of the branch, else on top of the patches of the
  /// same thread that came before, else on HEAD.
  func review() async throws -> Outcome {
    let directory = FileManager.default.currentDirectoryPath
    let finder = try PatchFinder(directory: directory, range: range)
    if let place = try finder.place(of: mail) {
      return try await review(.range(place.range), of: place.commit)
    }
    let shelf = SeriesShelf(cacheDirectory: UserCache.directory)
    let mails = shelf.series(upTo: mail)
    return try await review(.mails(mails), of: nil)
  }

  private func review(_ subject: ReviewRequest.Subject, of commit: String?) async throws -> Outcome
  {
    let request = ReviewRequest(
      subject: subject, directory: FileManager.default.currentDirectoryPath,
      cacheDirectory: UserCache.directory, rebuildsFromPreimages: true)
    var run = try ReviewRun(adapting: request)
    run.onTimeout = onTimeout
    let result = try await run.review()
    let commit = commit ?? result.range.head
    return Outcome(
      findings: result.counted.filter { $0.commit == commit },
      gaps: result.coverage.filter { $0.commit == commit && $0.incomplete }.map(Self.sentence))
  }

  private static func sentence(_ entry: Coverage) -> String {
    let functions = entry.functions.prefix(3).map { "\($0.function)()" }.joined(separator: ", ")
    let reason = entry.reason.isEmpty ? entry.functions.first?.reason ?? "" : entry.reason
    return "\(entry.file): not analysed: \(functions.isEmpty ? "" : functions + ": ")\(reason)"
  }
}
