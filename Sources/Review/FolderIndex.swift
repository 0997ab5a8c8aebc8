import GitKit
import TreeIndex

/// Indexes some folders in memory, where there is no index of the whole tree.
enum FolderIndex {
  /// The index of the files right inside the folders of `paths`.
  ///
  /// Files that cannot be read, as in a clone without all its objects, are left out.
  static func index(around paths: [String], in tree: any TreeSource) throws(IndexError)
    -> TreeIndex
  {
    let folders = Set(
      paths.map { path in path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" })
    let files = folders.sorted().flatMap { folder in
      ((try? tree.list(String(folder.dropLast()))) ?? []).map { folder + $0 }
    }
    do throws(IndexError) {
      return try TreeIndex(of: files, in: tree)
    } catch {
      guard case .unreadable = error else { throw error }
      return try TreeIndex(of: files.filter { (try? tree.read($0)) != nil }, in: tree)
    }
  }
}
