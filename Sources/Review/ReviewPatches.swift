internal import Foundation
public import GitKit
internal import Mail

/// The patches that a request is about, for answering them.
public struct ReviewPatches: Sendable {
  public typealias Hunk = UnifiedDiff.Hunk

  /// What one patch changes, and how it came.
  public struct Patch: Sendable {
    /// The subject as it was sent, such as `[PATCH 2/4] brook: mend it`.
    public var subject = ""
    /// `Name <address>`.
    public var author = ""
    public var to = ""
    public var cc = ""
    public var date = ""
    /// With its angle brackets; empty for a commit, which nobody has sent.
    public var messageID = ""
    public var references = ""
    /// By path, in the order of the patch.
    public var files: [(old: String?, new: String?, diff: UnifiedDiff)] = []
  }

  private let revisions: [Revision]
  private let envelopes: [String: PatchMail.Envelope]
  private let authors: [String: Commit]

  /// - Parameter request: as it was reviewed; what can no longer be read is no patch.
  public init(_ request: ReviewRequest) {
    guard let reader = try? SeriesReader(directory: request.directory) else {
      (revisions, envelopes, authors) = ([], [:], [:])
      return
    }
    switch request.subject {
    case .range(let words):
      revisions = (try? reader.series(range: words))?.revisions ?? []
      envelopes = [:]
      let commits = revisions.compactMap { revision in
        revision.oid.flatMap { ObjectID(hex: $0) }.flatMap { try? reader.repository.commit($0) }
      }
      authors = Dictionary(uniqueKeysWithValues: commits.map { ($0.id.description, $0) })
    case .mails(let mails):
      revisions =
        (try? reader.series(
          mails: mails, base: request.base, rebuilding: request.rebuildsFromPreimages))?.revisions
        ?? []
      let patches = (try? MailSeries(mails))?.patches ?? []
      envelopes = Dictionary(
        zip(revisions.compactMap(\.oid), patches.map(\.envelope)),
        uniquingKeysWith: { one, _ in one })
      authors = [:]
    case .staged, .worktree, .files, .text:
      (revisions, envelopes, authors) = ([], [:], [:])
    }
  }

  /// The patch that a commit is, by its 40 hexadecimal digits; nil when there is none.
  public func patch(_ oid: String) -> Patch? {
    guard let revision = revisions.first(where: { $0.oid == oid }), let commit = revision.commit
    else { return nil }
    var patch = Patch()
    patch.files = revision.delta.files.compactMap { file in
      let old = file.oldPath.flatMap { (try? revision.parent?.read($0)) ?? nil }
      let new = file.newPath.flatMap { (try? revision.tree.read($0)) ?? nil }
      return (try? UnifiedDiff(from: old, to: new)).map { (file.oldPath, file.newPath, $0) }
    }
    if let envelope = envelopes[oid] {
      patch.subject = envelope.subject
      patch.author = envelope.from
      (patch.to, patch.cc, patch.date) = (envelope.to, envelope.cc, envelope.date)
      (patch.messageID, patch.references) = (envelope.messageID, envelope.references)
    } else {
      let count = revisions.count
      let place = count > 1 ? " \(commit.patch)/\(count)" : ""
      patch.subject = "[PATCH\(place)] \(commit.subject)"
      if let author = authors[oid]?.author { patch.author = "\(author.name) <\(author.email)>" }
    }
    return patch
  }
}
