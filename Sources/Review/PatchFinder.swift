internal import Foundation
import GitKit
internal import Mail

/// Finds the commit that a mailed patch was made from, when only the mail is at hand.
///
/// Such a mail names no commit, and its text may have been changed on the way; but applied to the
/// parent of its commit, the patch gives that commit's files.
public struct PatchFinder {
  /// A commit and the series that it is part of.
  public struct Place: Sendable, Equatable {
    /// Words of a range that has the commit in it.
    public var range: [String]
    /// 40 hexadecimal digits.
    public var commit: String
  }

  private let repository: Repository
  private let words: [String]
  private let commits: [Commit]

  /// - Parameters:
  ///   - directory: a folder inside the repository.
  ///   - words: the range to look in; none means the branch since its base, or its last commits
  ///     where nobody knows where it begins.
  public init(directory: String, range words: [String] = []) throws {
    repository = try Repository(at: directory)
    do {
      commits = try repository.range(words).commits
      self.words = words
    } catch GitError.noBase {
      self.words = ["-20"]
      commits = try repository.range(self.words).commits
    }
  }

  /// The place of the mail's patch; nil when no commit of the range makes the same change.
  public func place(of mail: [UInt8]) throws -> Place? {
    guard let patch = try MailSeries([mail]).patches.first else { return nil }
    let title = Self.words(patch.title)
    // The subject decides nearly always; it may have been reworded.
    let ordered =
      commits.filter { Self.words($0.subject) == title }
      + commits.filter { Self.words($0.subject) != title }
    for commit in ordered where try isMade(commit, by: patch) {
      return Place(range: words, commit: commit.id.description)
    }
    return nil
  }

  private func isMade(_ commit: Commit, by patch: PatchMail) throws -> Bool {
    guard let parent = try repository.parentTree(of: commit) else { return false }
    let wanted = try repository.delta(of: commit).files.map { [$0.path, "\($0.newID as Any)"] }
    return try patch.diffs.contains { diff in
      let result = try Patch(diff).applied(to: parent)
      return result.rejects.isEmpty
        && result.delta.files.map { [$0.path, "\($0.newID as Any)"] } == wanted
    }
  }

  private static func words(_ subject: String) -> String {
    // b4 and git drop brackets on the way: [media] of old kernels.
    subject.drop { $0 == "[" }.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
