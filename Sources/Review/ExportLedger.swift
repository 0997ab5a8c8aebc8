public import ExportCheck
import Findings
internal import Foundation
import GitKit
import TreeIndex

/// Reads what a tree offers to modules, for `lockstep exports`.
public struct ExportLedger: Sendable {
  private let directory: String
  private let cacheDirectory: String?
  private let jobs: Int

  /// - Parameters:
  ///   - cacheDirectory: where indexes are kept; nil leaves declarations and users unknown.
  ///   - jobs: how many files are read at once; one a core where it is nil.
  public init(directory: String, cacheDirectory: String?, jobs: Int? = nil) {
    self.directory = directory
    self.cacheDirectory = cacheDirectory
    self.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
  }

  /// A ledger and the commit that it is of.
  public struct Reading: Sendable {
    public var ledger: Ledger
    /// 40 hexadecimal digits; nil where there is no repository.
    public var commit: String?
  }

  /// The ledger of the whole tree of `revision`, HEAD where it is nil.
  ///
  /// The tree's index is built where there is none.
  ///
  /// - Parameters:
  ///   - wantsUsers: whether to look for declarations and users, which needs the index.
  ///   - progress: called with how many files are indexed, of how many.
  /// - Throws: `GitError` or `IndexError`, whose descriptions are sentences for the user.
  public func whole(
    revision: String?, wantsUsers: Bool = true,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> Reading {
    let tree = try QuestionedTree(directory: directory, revision: revision)
    let paths = try tree.source.files(below: "").map(\.path)
    let knowledge = wantsUsers ? try self.knowledge(of: tree.source, progress) : nil
    return Reading(
      ledger: await ledger(of: paths, in: tree.source, knowing: knowledge), commit: tree.commit)
  }

  /// Makes sure that there is an index to know the versions of a range by.
  ///
  /// - Parameter progress: called with how many files are indexed, of how many.
  public func prepare(
    _ words: [String],
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    let series = try SeriesReader(directory: directory).series(range: words)
    if let tree = series.base ?? series.revisions.last?.tree {
      _ = try knowledge(of: tree, progress)
    }
  }

  /// What a range of commits does to the exports of the files that it touches, its end against its
  /// base.
  ///
  /// - Parameter words: the range as `git rev-list` takes it.
  public func difference(_ words: [String]) async throws -> LedgerDifference {
    let series = try SeriesReader(directory: directory).series(range: words)
    guard let end = series.revisions.last?.tree else {
      return LedgerDifference(from: Ledger([]), to: Ledger([]))
    }
    let touched = Set(
      series.revisions.flatMap { $0.delta.files.flatMap { [$0.oldPath, $0.newPath] } }
        .compactMap(\.self)
    ).sorted()
    let before = try series.base.map { try Self.offering(touched, in: $0) } ?? []
    let after = try Self.offering(touched, in: end)
    let paths = Set(before + after).sorted()
    var old = Ledger([])
    if let base = series.base { old = await ledger(of: paths, in: base, knowing: nil) }
    let knowledge = try existingKnowledge(of: end)
    return LedgerDifference(
      from: old, to: await ledger(of: paths, in: end, knowing: knowledge))
  }

  /// The files whose exports `touched` may change: themselves, and those that a Makefile gives a
  /// namespace.
  private static func offering(_ touched: [String], in tree: any TreeSource) throws -> [String] {
    try touched.flatMap { path -> [String] in
      let name = path.split(separator: "/").last ?? ""
      guard name == "Makefile" || name == "Kbuild", let bytes = try tree.read(path),
        String(decoding: bytes, as: UTF8.self).contains("DEFAULT_SYMBOL_NAMESPACE")
      else { return [path] }
      let folder = path.dropLast(name.count).dropLast()
      return try tree.files(below: String(folder)).map(\.path)
    }
  }

  private func ledger(
    of paths: [String], in tree: any TreeSource, knowing knowledge: IndexKnowledge?
  ) async -> Ledger {
    await Ledger.read(paths, knowing: knowledge, jobs: jobs) { path in
      (try? tree.read(path)).flatMap { $0 }
    }
  }

  private func knowledge(
    of tree: any TreeSource, _ progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) throws -> IndexKnowledge? {
    guard let store else { return nil }
    let (index, _) = try store.index(of: tree) { done, total in
      progress(done, total)
      return true
    }
    return IndexKnowledge(index, store: store, tree: tree)
  }

  /// What an index says that is there or a small update away.
  private func existingKnowledge(of tree: any TreeSource) throws -> IndexKnowledge? {
    guard let store, let (index, _) = try store.existing(tree) else { return nil }
    return IndexKnowledge(index, store: store, tree: tree)
  }

  private var store: IndexStore? {
    cacheDirectory.map { IndexStore(folder: $0 + "/index", jobs: jobs) }
  }
}
