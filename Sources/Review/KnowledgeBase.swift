import Findings
import GitKit
import Synchronization
import TreeIndex

/// Gives the checks what there is to know of each version's tree.
///
/// That is an index of the whole tree where the cache has one or one that a small update makes it,
/// or where it may be built; else the folders of the changed files, indexed in memory.
final class KnowledgeBase: Sendable {
  private let store: IndexStore?
  private let buildsIndex: Bool
  private let progress: IndexStore.Progress
  private let known = Mutex<[Int: any TreeKnowledge]>([:])
  private let told = Mutex<[String]>([])

  /// - Parameters:
  ///   - cacheDirectory: Where indexes are kept; nil for knowing the folders only.
  ///   - buildsIndex: Whether to read the whole tree when there is no index of it.
  init(
    cacheDirectory: String?, jobs: Int, buildsIndex: Bool,
    progress: @escaping IndexStore.Progress = { _, _ in true }
  ) {
    store = cacheDirectory.map { IndexStore(folder: $0 + "/index", jobs: jobs) }
    self.buildsIndex = buildsIndex
    self.progress = progress
  }

  /// Why some version is known by its folders only; empty when all is known.
  var notes: [String] { told.withLock { $0 } }

  /// What is known of version `number`, whose files are `tree` and whose changed files are `paths`.
  func knowledge(of number: Int, tree: (any TreeSource)?, around paths: [String])
    -> any TreeKnowledge
  {
    if let found = known.withLock({ $0[number] }) { return found }
    let made = tree.map { make($0, around: paths) } ?? EmptyKnowledge()
    known.withLock { $0[number] = made }
    return made
  }

  private func make(_ tree: any TreeSource, around paths: [String]) -> any TreeKnowledge {
    do {
      if let store, let opened = try open(store, tree) {
        return IndexKnowledge(opened, store: store, tree: tree)
      }
    } catch {
      told.withLock { if !$0.contains("\(error)") { $0.append("\(error)") } }
    }
    if let folders = try? IndexKnowledge(tree: tree, around: paths) { return folders }
    return FolderKnowledge(tree: tree, around: paths)
  }

  private func open(_ store: IndexStore, _ tree: any TreeSource) throws -> TreeIndex? {
    if let found = try store.existing(tree) { return found.index }
    return buildsIndex ? try store.index(of: tree, progress: progress).index : nil
  }
}
