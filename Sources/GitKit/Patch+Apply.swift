internal import CLibgit2

/// What came of applying a patch in memory.
public struct PatchResult: Sendable {
  /// A file that the patch could not be applied to; it stays as it was.
  public struct Reject: Sendable, Equatable, CustomStringConvertible {
    public let path: String
    /// Which hunk, from 1; nil when it is not about one.
    public let hunk: Int?
    public let reason: String

    public var description: String { "\(path): \(hunk.map { "hunk \($0): " } ?? "")\(reason)" }
  }

  /// The tree with every file that worked.
  public internal(set) var tree: OverlayTree
  /// What the patch changes: files in their new state, binary and rejected ones left out.
  public internal(set) var delta = TreeDelta()
  public internal(set) var rejects: [Reject] = []
  /// Files whose hunks fit only through a merge with the text that the patch was made for.
  public internal(set) var merged: [String] = []
}

extension Patch {
  /// Applies the patch to a tree in memory; nothing is written anywhere.
  ///
  /// Like `git am -3`: hunks must fit exactly but may have moved, and where one does not fit, the
  /// change is merged through the text that the patch was made for, if `repository` has it. With
  /// `replacing` that text takes the file's place where the merge fails.
  public func applied(
    to tree: any TreeSource, preimagesFrom repository: Repository? = nil, replacing: Bool = false
  ) throws -> PatchResult {
    var result = PatchResult(tree: OverlayTree(tree))
    var written: Set<String> = []
    for file in files {
      do {
        try apply(file, before: tree, to: &result, &written, repository, replacing)
      } catch let reject as PatchResult.Reject {
        result.rejects.append(reject)
      }
    }
    result.delta.files.sort { precedes($0.path, $1.path) }
    result.delta.passedOver.sort { precedes($0.path, $1.path) }
    return result
  }

  private func apply(
    _ file: File, before: any TreeSource, to result: inout PatchResult,
    _ written: inout Set<String>, _ repository: Repository?, _ replacing: Bool
  ) throws {
    func reject(_ reason: String) -> PatchResult.Reject {
      .init(path: file.path, hunk: nil, reason: reason)
    }
    if let damage = file.damage { throw reject(damage) }
    for path in [file.oldPath, file.newPath].compactMap({ $0 }) where !PatchPath.isInside(path) {
      throw reject("the name leads out of the tree")
    }
    if let reason = file.passedOverReason {
      result.delta.passedOver.append(.init(path: file.path, reason: reason))
      return
    }
    // A second change of the same file builds on the first, but files may swap their names.
    let isMove = file.kind == .renamed || file.kind == .copied
    let source: any TreeSource = isMove ? before : result.tree
    var old: [UInt8]?
    if let path = file.oldPath {
      old = try source.read(path)
      if old == nil { throw reject("there is no such file in the tree, '\(path)'") }
    } else if let path = file.newPath, try source.read(path) != nil {
      throw reject("the patch adds it, but it is there already")
    }
    let new = try text(of: file, from: old ?? [], &result, repository, replacing)
    if file.kind == .deleted, !new.isEmpty {
      throw reject("the patch deletes it, but it has more than the patch knows")
    }
    if file.kind != .copied, let path = file.oldPath, !isMove || !written.contains(path) {
      result.tree.delete(path)
    }
    if let path = file.newPath {
      result.tree.write(new, to: path)
      written.insert(path)
    }
    result.delta.files.append(
      FileDelta(
        kind: file.deltaKind, oldPath: file.kind == .copied ? nil : file.oldPath,
        newPath: file.newPath, oldMode: file.oldMode ?? (old == nil ? nil : .regular),
        newMode: file.newPath == nil ? nil : file.newMode ?? file.oldMode ?? .regular,
        oldID: file.kind == .copied ? nil : old.map { .blob(of: $0) },
        newID: file.newPath == nil ? nil : .blob(of: new)))
  }

  /// The file's new text, by its hunks or by a merge.
  private func text(
    of file: File, from old: [UInt8], _ result: inout PatchResult, _ repository: Repository?,
    _ replacing: Bool
  ) throws -> [UInt8] {
    do {
      return try HunkFitting.apply(file.hunks, to: old)
    } catch {
      if let digits = file.oldID, let base = try repository?.blob(beginning: digits),
        let theirs = try? HunkFitting.apply(file.hunks, to: base)
      {
        if let merged = ThreeWayMerge.merge(base: base, ours: old, theirs: theirs) {
          result.merged.append(file.path)
          return merged
        }
        if replacing { return theirs }
      }
      throw PatchResult.Reject(path: file.path, hunk: error.hunk, reason: error.reason)
    }
  }
}

extension PatchResult.Reject: Error {}

extension Patch.File {
  fileprivate var deltaKind: FileDelta.Kind {
    switch kind {
    case .added, .copied: .added
    case .deleted: .deleted
    case .modified: .modified
    case .renamed: .renamed
    }
  }

  fileprivate var passedOverReason: TreeDelta.PassedOver.Reason? {
    if isBinary { return .binary }
    switch newMode ?? oldMode {
    case .symlink: return .symlink
    case .submodule: return .submodule
    default: return nil
    }
  }
}

extension HunkFitting.Misfit {
  fileprivate var reason: String {
    func quoted(_ bytes: [UInt8]) -> String {
      let text = String(gitBytes: bytes.filter { $0 != 0x0a && $0 != 0x0d })
      return "'\(text.count > 60 ? text.prefix(57) + "..." : text)'"
    }
    switch (wanted, present) {
    case (let wanted?, let present?):
      return "line \(line) is \(quoted(present)) where the patch expects \(quoted(wanted))"
    case (let wanted?, nil):
      return "the file ends before line \(line), where the patch expects \(quoted(wanted))"
    default: return "the file goes on at line \(line), where the patch expects its end"
    }
  }
}
