internal import Foundation
import GitKit

/// The texts of the files that a request is about, for showing lines of them.
public struct ReviewTexts: Sendable {
  private let request: ReviewRequest
  private let repository: Repository?
  /// The version without a commit: the index, the work tree, or the folder.
  private let current: (any TreeSource)?
  /// By name, of patches that were applied in memory.
  private let applied: [String: Revision]

  /// - Parameter request: as it was reviewed; what can no longer be read just gives no text.
  public init(_ request: ReviewRequest) {
    self.request = request
    applied = Self.applied(request)
    switch request.subject {
    case .files, .text:
      repository = nil
      current = try? ScanSubject(request).tree
    case .staged:
      repository = try? Repository(at: request.directory)
      current = try? repository?.index()
    case .worktree:
      repository = try? Repository(at: request.directory)
      current = try? repository?.workTree()
    case .range, .mails:
      repository = try? Repository(at: request.directory)
      current = nil
    }
  }

  /// The text of `file` after `commit`, or before it; nil when it cannot be had.
  ///
  /// - Parameter commit: 40 hexadecimal digits; nil means the index, the work tree or the disk,
  ///   whichever the request is about.
  public func text(of file: String, at commit: String?, before: Bool) -> String? {
    let tree: (any TreeSource)?
    if let commit {
      tree = self.tree(commit, before: before)
    } else {
      tree = before ? try? repository?.headTree() : current
    }
    return (try? tree?.read(file)).flatMap { $0 }.map(SourceFile.text)
  }

  private static func applied(_ request: ReviewRequest) -> [String: Revision] {
    guard case .mails(let mails) = request.subject,
      let series = try? SeriesReader(directory: request.directory).series(
        mails: mails, base: request.base,
        rebuilding: request.rebuildsFromPreimages)
    else { return [:] }
    return Dictionary(uniqueKeysWithValues: series.revisions.map { ($0.oid ?? "", $0) })
  }

  private func tree(_ commit: String, before: Bool) -> (any TreeSource)? {
    if let revision = applied[commit] { return before ? revision.parent : revision.tree }
    guard let repository, let id = ObjectID(hex: commit),
      let commit = try? repository.commit(id)
    else { return nil }
    return before ? (try? repository.parentTree(of: commit)) : repository.tree(of: commit)
  }
}
