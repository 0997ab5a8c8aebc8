internal import CLibgit2
internal import Foundation

/// The folders of an object database.
enum ObjectFolders {
  /// The folders and those that they borrow from (`info/alternates`), each once, as git reads them.
  static func withAlternates(of folders: [String]) -> [String] {
    var found: [String] = []
    // Git follows five links of the chain.
    func add(_ folder: String, depth: Int) {
      guard !found.contains(folder), depth <= 5 else { return }
      found.append(folder)
      guard let text = try? String(contentsOfFile: folder + "/info/alternates", encoding: .utf8)
      else { return }
      for line in text.split(separator: "\n") where !line.hasPrefix("#") {
        let other = line.hasPrefix("/") ? String(line) : folder + "/" + line
        add(URL(fileURLWithPath: other).standardizedFileURL.path, depth: depth + 1)
      }
    }
    for folder in folders { add(folder, depth: 0) }
    return found
  }

  /// Makes a handle read its objects from the folders, packed ones first.
  ///
  /// Loose objects are read by `LooseBackend`, since libgit2 1.5 never returns from one that is cut
  /// off.
  static func attach(_ folders: [String], to handle: RepositoryHandle) throws(GitError) {
    var odb: OpaquePointer?
    try Libgit2.check(git_odb_new(&odb), while: "opening the object database")
    defer { git_odb_free(odb) }
    for folder in folders {
      var packs: UnsafeMutablePointer<git_odb_backend>?
      // A folder that is gone costs the objects in it, and each is named when it is missed.
      guard git_odb_backend_pack(&packs, folder) == 0 else { continue }
      try Libgit2.check(git_odb_add_backend(odb, packs, 2), while: "opening packs in '\(folder)'")
    }
    try Libgit2.check(
      git_odb_add_backend(odb, LooseBackend.make(folders), 1), while: "opening loose objects")
    try Libgit2.check(
      git_repository_set_odb(handle.pointer, odb), while: "opening the object database")
  }
}
