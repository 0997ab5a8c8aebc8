import Findings
import GitKit

/// One file through a series: what it is called and what it holds in each version.
struct FileHistory: Sendable {
  /// One content under one name, with the headers of one version when those change.
  struct Version: Hashable, Comparable, Sendable {
    let path: String
    let id: ObjectID
    /// Number of the last version in which a header changed; a parse may differ from there on.
    let headers: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.path, left.headers, left.id) < (right.path, right.headers, right.id)
    }
  }

  /// Version by version, the series' base first; nil where there is no such file.
  var versions: [Version?]
  /// For each revision the lines it touches in the new text; nil where it leaves the file alone.
  var changes: [[ClosedRange<Int>]?]

  /// Its last name.
  var path: String { versions.last { $0 != nil }??.path ?? "" }

  /// True when version `index` is needed: a revision before or after it touches the file.
  func matters(at index: Int) -> Bool {
    (index > 0 && changes[index - 1] != nil) || (index < changes.count && changes[index] != nil)
      || changes[..<min(index, changes.count)].contains { $0 != nil }
  }

  /// The histories of all files that the series touches and a check reads, by their last names.
  static func histories(of series: Series) throws -> [FileHistory] {
    var reader = HistoryReader(series: series)
    return try reader.read()
  }
}

/// Follows the files of a series from its end to its base.
private struct HistoryReader {
  let series: Series
  /// Number of the last version up to each in which a header changed.
  private let headers: [Int]

  init(series: Series) {
    self.series = series
    var last = 0
    headers =
      [0]
      + series.revisions.enumerated().map { index, revision in
        if revision.delta.files.contains(where: { $0.path.hasSuffix(".h") }) { last = index + 1 }
        return last
      }
  }

  mutating func read() throws -> [FileHistory] {
    // A path that is touched anywhere, named as it is last; renames are followed backwards.
    var claimed: Set<String> = []
    var histories: [(name: String, history: FileHistory)] = []
    for index in series.revisions.indices.reversed() {
      for delta in series.revisions[index].delta.files {
        let path = delta.newPath ?? delta.oldPath ?? ""
        let key = "\(index):\(path)"
        guard SourceFile.isReviewed(path), !claimed.contains(key) else { continue }
        let history = try follow(path, isThere: delta.newPath != nil, upTo: index, &claimed)
        histories.append((path, history))
      }
    }
    return histories.sorted { $0.name < $1.name }.map(\.history)
  }

  /// Follows the file that is `path` after revision `last` down to the base, and up unchanged.
  private func follow(
    _ path: String, isThere: Bool, upTo last: Int, _ claimed: inout Set<String>
  ) throws -> FileHistory {
    var changes = [[ClosedRange<Int>]?](repeating: nil, count: series.revisions.count)
    var versions = [FileHistory.Version?](repeating: nil, count: series.revisions.count + 1)
    var name: String? = isThere ? path : nil
    for index in (last + 1)...series.revisions.count { versions[index] = try version(name, index) }
    for index in (0...last).reversed() {
      let revision = series.revisions[index]
      let touched = revision.delta.files.first {
        name == nil ? $0.oldPath == path && $0.newPath == nil : $0.newPath == name
      }
      if let touched {
        claimed.insert("\(index):\(touched.newPath ?? touched.oldPath ?? "")")
        changes[index] = try lines(touched, revision)
        name = touched.oldPath
      }
      versions[index] = try version(name, index)
    }
    return FileHistory(versions: versions, changes: changes)
  }

  private func version(_ path: String?, _ index: Int) throws -> FileHistory.Version? {
    let tree = index == 0 ? series.base : series.revisions[index - 1].tree
    guard let path, let id = try tree?.blobID(of: path) else { return nil }
    return FileHistory.Version(path: path, id: id, headers: headers[index])
  }

  private func lines(_ delta: FileDelta, _ revision: Revision) throws -> [ClosedRange<Int>] {
    let old = try delta.oldPath.flatMap { try revision.parent?.read($0) }
    let new = try delta.newPath.flatMap { try revision.tree.read($0) }
    var shift = 0
    return try LineChanges(from: old, to: new).hunks.map { hunk in
      defer { shift += (hunk.new?.count ?? 0) - (hunk.old?.count ?? 0) }
      if let new = hunk.new { return new }
      // Where lines only go away, the place they left is touched.
      let line = max(1, (hunk.old?.lowerBound ?? 1) + shift)
      return line...line
    }
  }
}
