public import GitKit

extension IndexStore {
  /// A file of the cache.
  public struct Entry: Sendable, Equatable {
    public var name: String
    /// Length in bytes.
    public var size: Int
    public var tree: ObjectID
    /// The tree that it lies on; nil for a file of a whole tree.
    public var base: ObjectID?
    public var files: Int
    public var functions: Int
    /// What is wrong with it; nil for a file that can be used.
    public var problem: String?
  }

  /// What the cache folder holds, the file used last first.
  public func entries() -> [Entry] {
    folder.entries().map { entry in
      var result = Entry(
        name: entry.name, size: entry.size, tree: entry.file.tree, base: entry.file.base,
        files: 0, functions: 0, problem: nil)
      do throws(IndexError) {
        let segment = try Segment(SegmentBytes(mapping: folder.path(of: entry.file)))
        result.files = segment.fileCount
        result.functions = segment.functionCount
      } catch {
        result.problem = error.description
      }
      return result
    }
  }

  /// Removes every index; answers how many files that were.
  public func clear() -> Int { folder.clear() }

  /// Takes the file away that `error` found damaged, so that it is built again the next time.
  public func discard(after error: IndexError) {
    guard case .damaged(let path, _) = error, path.hasPrefix(folder.path + "/") else { return }
    folder.remove(String(path.dropFirst(folder.path.utf8.count + 1)))
  }

  /// Path of the cache folder.
  public var path: String { folder.path }
}
