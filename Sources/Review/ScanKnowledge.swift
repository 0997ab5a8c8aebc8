import GitKit
import Synchronization
import TreeIndex

/// Knows where functions are defined that scanned files call.
///
/// Where the tree is a git work tree and the cache has an index of its HEAD, that is asked: it is
/// a hint only, for what counts is the text on disk. Else the files of the folder are indexed in
/// memory. A scan never reads a whole tree.
final class ScanKnowledge: Sendable {
  private let tree: any TreeSource
  private let search: HelperSearch
  private let whole: IndexKnowledge?
  private let folders = Mutex<[(folder: String, knowledge: IndexKnowledge)]>([])

  /// Folders that are kept in memory: files come in the order of their paths.
  private static let keptFolders = 8

  init(root: String, tree: any TreeSource, search: HelperSearch, _ request: ReviewRequest) {
    self.tree = tree
    self.search = search
    whole = Self.indexOfHead(root, tree, request)
  }

  private static func indexOfHead(
    _ root: String, _ tree: any TreeSource, _ request: ReviewRequest
  ) -> IndexKnowledge? {
    guard let cache = request.cacheDirectory, let repository = try? Repository(at: root),
      let workTree = repository.workTreeRoot, SeriesReader.withoutSlash(workTree) == root,
      let head = try? repository.commit(try repository.resolve("HEAD"))
    else { return nil }
    let store = IndexStore(folder: cache + "/index", jobs: request.jobs ?? 2)
    guard let index = (try? store.existing(repository.tree(of: head)))?.index else { return nil }
    return IndexKnowledge(index, tree: tree)
  }

  /// As `HelperSearch` has it.
  func helpers(
    for names: [String], from path: String, isBuilt: @escaping (String) -> Bool
  ) -> [String] {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    let knowledge = whole ?? knowledge(of: folder, path)
    return knowledge?.helpers(for: names, from: path, by: search, isBuilt: isBuilt) ?? []
  }

  private func knowledge(of folder: String, _ path: String) -> IndexKnowledge? {
    folders.withLock { folders in
      if let found = folders.first(where: { $0.folder == folder }) { return found.knowledge }
      guard let index = try? FolderIndex.index(around: [path], in: tree) else { return nil }
      let made = IndexKnowledge(index, tree: tree)
      folders.append((folder, made))
      if folders.count > Self.keptFolders { folders.removeFirst() }
      return made
    }
  }
}
