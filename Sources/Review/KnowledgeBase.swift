import Findings
internal import Foundation
import GitKit
import Synchronization
import TreeIndex

/// Gives the checks what there is to know of each version's tree.
///
/// That is an index of the whole tree where the cache has one, or one that a small update makes it;
/// where the tree is small; and where the series changes exports, which nothing else can judge. Else
/// it is the folders of the changed files, indexed in memory. Either is made for the version before
/// the series; what the series changes lies on it.
final class KnowledgeBase: Sendable {
  /// Trees with no more source files than this are indexed whole in passing: half a second.
  private static let smallTree = 1500

  private let series: Series
  /// Number of the version that the index is made for.
  private let ground: Int
  private let store: IndexStore?
  /// The index of the ground; nil where there is nothing to know.
  private let index: TreeIndex?
  private let isOnDisk: Bool
  private let known = Mutex<[Int: IndexKnowledge]>([:])

  /// What the user should know about where things were looked for.
  let notes: [ReviewResult.Note]

  init(
    _ series: Series, _ histories: [FileHistory], _ request: ReviewRequest,
    _ progress: @escaping @Sendable (ReviewProgress) -> Void
  ) {
    self.series = series
    ground = series.base == nil ? 1 : 0
    let jobs = request.jobs ?? ProcessInfo.processInfo.activeProcessorCount
    store = request.cacheDirectory.map { IndexStore(folder: $0 + "/index", jobs: jobs) }
    var notes: [String] = []
    var index: TreeIndex?
    var isOnDisk = false
    if !histories.isEmpty, let tree = Self.tree(ground, of: series) {
      do {
        index = try Self.whole(
          tree, store, need: Self.need(histories, series, request), progress, &notes)
        isOnDisk = index != nil
      } catch {
        notes.append("\(error)")
      }
      if index == nil { index = Self.inMemory(tree, series, &notes) }
    }
    self.index = index
    self.isOnDisk = isOnDisk
    self.notes = notes.map { ReviewResult.Note(message: $0) }
  }

  private static func tree(_ number: Int, of series: Series) -> (any TreeSource)? {
    number == 0
      ? series.base : number <= series.revisions.count ? series.revisions[number - 1].tree : nil
  }

  // MARK: The version before the series

  private static func need(
    _ histories: [FileHistory], _ series: Series, _ request: ReviewRequest
  ) -> [String] {
    guard request.areas.contains(.exports), request.budget == nil else { return [] }
    return WholeTreeNeed(histories, in: series).symbols
  }

  /// The index of the whole tree, found, brought up to date, or built if it is needed.
  private static func whole(
    _ tree: any TreeSource, _ store: IndexStore?, need: @autoclosure () -> [String],
    _ progress: @escaping @Sendable (ReviewProgress) -> Void, _ notes: inout [String]
  ) throws -> TreeIndex? {
    guard let store else { return nil }
    if let found = try store.existing(tree) { return found.index }
    if try TreeIndex.sources(of: tree, atMost: smallTree) != nil { return nil }
    let symbols = need()
    guard !symbols.isEmpty else { return nil }
    let (index, _) = try store.index(of: tree) { done, total in
      progress(ReviewProgress(done: done, total: total, activity: "indexing the whole tree"))
      return true
    }
    let names = symbols.prefix(3).joined(separator: ", ") + (symbols.count > 3 ? ", …" : "")
    notes.append(
      "made an index of the whole tree (\(index.size.files) files) to look for the users of "
        + "exports that change (\(names)); it is kept for the next time")
    return index
  }

  /// The index of a small tree, or of the folders that the series touches.
  private static func inMemory(
    _ tree: any TreeSource, _ series: Series, _ notes: inout [String]
  ) -> TreeIndex? {
    do {
      if let files = try TreeIndex.sources(of: tree, atMost: smallTree) {
        return try TreeIndex(of: files, in: tree, isWhole: true)
      }
    } catch {
      notes.append("\(error)")
    }
    notes.append(
      "there is no index of the whole tree: what is repeated, called or used elsewhere was looked "
        + "for in the folders of the changed files only; 'lockstep index build' makes one, once")
    return try? FolderIndex.index(around: touched(series, before: series.revisions.count), in: tree)
  }

  // MARK: Versions

  /// What is known of version `number`, the series' base being 0; nil where there is no tree.
  func knowledge(of number: Int) -> IndexKnowledge? {
    guard let index, number >= ground, let tree = Self.tree(number, of: series) else { return nil }
    return known.withLock { known in
      if let found = known[number] { return found }
      let made = make(index, number, tree)
      known[number] = made
      return made
    }
  }

  private func make(_ index: TreeIndex, _ number: Int, _ tree: any TreeSource) -> IndexKnowledge {
    let paths = Self.touched(series, from: ground, before: number)
    let own = (try? index.updated(paths, in: tree)) ?? index
    guard isOnDisk, let store, let base = Self.tree(ground, of: series) else {
      return IndexKnowledge(own, tree: tree)
    }
    let live = LiveIndex(own, store: store) { () throws(IndexError) in
      try store.index(of: base).index.updated(paths, in: tree)
    }
    return IndexKnowledge(live, isWholeTree: own.isWholeTree, tree: tree)
  }

  /// The paths that revisions touch, as they are called before and after.
  private static func touched(_ series: Series, from first: Int = 0, before end: Int) -> [String] {
    series.revisions[min(first, end)..<end].flatMap { revision in
      revision.delta.files.flatMap { [$0.oldPath, $0.newPath].compactMap { $0 } }
    }
  }
}
