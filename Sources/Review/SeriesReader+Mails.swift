import Findings
import GitKit
internal import Mail

/// Reads a series out of mails, each patch applied in memory on the one before.
extension SeriesReader {
  /// The patches of these mails on a commit.
  ///
  /// - Parameters:
  ///   - base: the revision that the user named; nil takes the mail's own `base-commit:`, or HEAD.
  ///   - rebuilding: judges a file that does not fit on the text that the patch was made for.
  /// - Throws: `MailError.noPatch`; `GitError` for a base that is none.
  func series(mails: [[UInt8]], base: String?, rebuilding: Bool = false) throws -> Series {
    let mails = try MailSeries(mails)
    let (id, notes) = try start(of: mails, named: base)
    let tree = repository.tree(of: try repository.commit(id))
    var series = Series(
      base: tree, revisions: [], range: .init(base: id.description),
      notes: notes, workTree: repository.workTreeRoot.map(Self.withoutSlash))
    series.notes += mails.notes.map { .init(message: $0) }
    series.lost = mails.missing.map {
      Coverage(
        commit: nil, file: $0.what, status: .skipped, reason: $0.reason, incomplete: true)
    }
    var oids: Set<String> = []
    for patch in mails.patches {
      let oid = Self.name(of: patch, besides: oids)
      oids.insert(oid)
      try add(patch, named: oid, to: &series, rebuilding)
    }
    series.range.commits = series.revisions.compactMap(\.commit)
    series.range.head = series.revisions.last?.oid
    return series
  }

  private func start(of mails: MailSeries, named base: String?) throws
    -> (ObjectID, [ReviewResult.Note])
  {
    if let base { return (try repository.resolve(base), []) }
    var notes: [ReviewResult.Note] = []
    if mails.prerequisites > 0 {
      let patches = mails.prerequisites == 1 ? "patch" : "patches"
      notes.append(
        .init(
          message: "the series needs \(mails.prerequisites) other \(patches) below it; name a "
            + "commit that has them with --base"))
    }
    if let named = mails.baseCommit {
      if let id = ObjectID(hex: named), (try? repository.commit(id)) != nil { return (id, notes) }
      notes.append(
        .init(
          message: "the series was made for \(named.prefix(12)), which is not in this repository, "
            + "and was applied on HEAD; fetch it, or name another commit with --base"))
    }
    return (try repository.resolve("HEAD"), notes)
  }

  /// The commit that the patch was made from, else a name made of what it says.
  private static func name(of patch: PatchMail, besides taken: Set<String>) -> String {
    if let commit = patch.commit, !taken.contains(commit) { return commit }
    var text = Array("\(patch.title)\0\(patch.author)\0".utf8) + (patch.diffs.first ?? [])
    while true {
      let name = ObjectID.blob(of: text).description
      if !taken.contains(name) { return name }
      text.append(0)
    }
  }

  private func add(
    _ mail: PatchMail, named oid: String, to series: inout Series, _ rebuilding: Bool
  )
    throws
  {
    let number = series.revisions.count + 1
    let parent = series.revisions.last?.tree ?? series.base
    guard let parent else { return }
    let label = "patch \(number) (\"\(mail.title)\")"
    func lose(_ file: String, _ reason: String) {
      series.lost.append(
        Coverage(commit: oid, file: file, status: .skipped, reason: reason, incomplete: true))
    }
    let applied = try best(of: mail, on: parent, rebuilding)
    series.revisions.append(
      Revision(
        commit: .init(oid: oid, subject: mail.title, patch: number),
        tree: applied?.result.tree ?? parent, parent: parent,
        delta: applied?.result.delta ?? TreeDelta()))
    if let refusal = mail.refusal { lose(label, refusal) }
    guard let applied else { return }
    for reject in applied.result.rejects {
      lose(reject.path, "does not apply: \(reject.reason(of: label))")
    }
    if mail.refusal == nil, applied.result.rejects.isEmpty,
      let reason = mail.diffstat.flatMap({ Self.shortfall(of: applied.patch, against: $0) })
    {
      lose(label, reason)
    }
    for path in applied.result.merged {
      series.notes.append(
        .init(
          commit: oid, message: "\(path) has changed since; the patch was merged into it"))
    }
  }

  /// The reading of the diff that applies best; nil where there is none.
  private func best(of mail: PatchMail, on tree: any TreeSource, _ rebuilding: Bool) throws
    -> (patch: Patch, result: PatchResult)?
  {
    var best: (patch: Patch, result: PatchResult)?
    for diff in mail.diffs {
      let patch = Patch(diff)
      if patch.files.isEmpty { continue }
      let result = try patch.applied(to: tree, preimagesFrom: repository, replacing: rebuilding)
      if result.rejects.isEmpty { return (patch, result) }
      if best.map({ result.rejects.count < $0.result.rejects.count }) ?? true {
        best = (patch, result)
      }
    }
    return best
  }

  /// How the diff falls short of its diffstat, as when a mail is cut off between two files.
  private static func shortfall(of patch: Patch, against stat: Diffstat) -> String? {
    let lines = patch.files.flatMap(\.hunks).flatMap(\.lines)
    let there = Diffstat(
      files: Set(patch.files.map(\.path)).count,
      insertions: lines.count { $0.kind == .added }, deletions: lines.count { $0.kind == .deleted })
    guard
      there.files < stat.files || there.insertions < stat.insertions
        || there.deletions < stat.deletions
    else { return nil }
    return "its diffstat tells of \(stat), and only \(there) are there: the mail is cut off"
  }
}

extension PatchResult.Reject {
  fileprivate func reason(of label: String) -> String {
    "\(label)\(hunk.map { ", hunk \($0)" } ?? ""): \(reason)"
  }
}
