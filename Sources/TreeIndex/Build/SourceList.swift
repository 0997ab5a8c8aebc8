public import GitKit

extension TreeIndex {
  /// The source files of a tree that has no more than `limit` of them; nil for a larger one.
  ///
  /// Stops as soon as that is clear, so it takes milliseconds for a tree of any size.
  public static func sources(of tree: any TreeSource, atMost limit: Int) throws -> [String]? {
    var found: [String] = []
    var folders = [""]
    while let folder = folders.popLast() {
      for name in try tree.list(folder) {
        let path = folder.isEmpty ? name : folder + "/" + name
        if name.hasSuffix("/") {
          folders.append(String(path.dropLast()))
        } else if SourceKind(path: path) != nil {
          found.append(path)
        }
      }
      if found.count > limit { return nil }
    }
    return found
  }
}
