internal import CLibgit2
internal import Foundation

/// Where a repository's parts lie: what git finds out from the folder and the environment.
struct RepositoryPlace: Sendable {
  /// Absolute, with a `/` at its end; of a linked work tree its own folder below `worktrees/`.
  let gitDirectory: String
  /// Where objects and branches are; equal to `gitDirectory` but for linked work trees.
  let commonDirectory: String
  /// Absolute, with a `/` at its end; nil for a bare repository.
  let workTree: String?
  let indexFile: String
  /// Where objects are looked for: the repository's own folder, those that it borrows from, and
  /// those that git names to hooks that judge what is being pushed.
  let objectFolders: [String]

  /// Looks for the repository around `directory`, or where the environment says if that is nil.
  static func find(
    from directory: String?, environment: [String: String]
  ) throws(GitError) -> RepositoryPlace {
    func variable(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    let start = directory ?? "."
    guard DiskFolder.isFolder(start) else { throw .noSuchFolder(path: start) }

    let gitDirectory = directory == nil ? variable("GIT_DIR") : nil
    var flags: UInt32 = 0
    if gitDirectory != nil { flags |= GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue }
    if variable("GIT_DISCOVERY_ACROSS_FILESYSTEM") == "1" {
      flags |= GIT_REPOSITORY_OPEN_CROSS_FS.rawValue
    }
    let handle = try open(
      gitDirectory ?? start, flags: flags, ceilings: variable("GIT_CEILING_DIRECTORIES"))
    if directory == nil {
      // As git: GIT_DIR alone makes the current folder the root of the work tree.
      let root = variable("GIT_WORK_TREE") ?? (gitDirectory == nil ? nil : ".")
      let isExplicit = variable("GIT_WORK_TREE") != nil
      if let root, isExplicit || handle.needsWorkTree {
        try Libgit2.check(
          git_repository_set_workdir(handle.pointer, root, 0), while: "entering '\(root)'")
      }
    }
    let place = RepositoryPlace(handle, start: start, variable: variable)
    // As git: who names the repository itself is taken to trust it.
    if gitDirectory == nil, !place.isTrusted(in: environment) {
      throw .notOwned(path: place.workTree ?? place.gitDirectory)
    }
    return place
  }

  private func isTrusted(in environment: [String: String]) -> Bool {
    let folders = [workTree, gitDirectory].compactMap { $0.map { String($0.dropLast()) } }
    return Ownership(environment: environment).allows(folders[0], folders: folders)
  }

  /// Opens one more handle on the same place.
  func open() throws(GitError) -> RepositoryHandle {
    let handle = try Self.open(
      gitDirectory, flags: GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue, ceilings: nil)
    if let workTree {
      try Libgit2.check(
        git_repository_set_workdir(handle.pointer, workTree, 0), while: "entering '\(workTree)'")
    }
    try ObjectFolders.attach(objectFolders, to: handle)
    return handle
  }

  private init(_ handle: RepositoryHandle, start: String, variable: (String) -> String?) {
    gitDirectory = String(gitString: git_repository_path(handle.pointer))
    commonDirectory = String(gitString: git_repository_commondir(handle.pointer))
    workTree = handle.isBareByOwnConfiguration ? nil : handle.workTree
    // As git, which changes to the root of the work tree when it is started inside.
    let folder = URL(fileURLWithPath: start).resolvingSymlinksInPath().path + "/"
    let base = workTree.map { folder.hasPrefix($0) ? $0 : folder } ?? folder
    if let file = variable("GIT_INDEX_FILE") {
      indexFile = file.hasPrefix("/") ? file : base + file
    } else {
      indexFile = gitDirectory + "index"
    }
    let alternates = variable("GIT_ALTERNATE_OBJECT_DIRECTORIES").map {
      $0.split(separator: ":").map(String.init)
    }
    objectFolders = ObjectFolders.withAlternates(
      of: [commonDirectory + "objects", variable("GIT_OBJECT_DIRECTORY")].compactMap { $0 }
        + (alternates ?? []))
  }

  private static func open(
    _ path: String, flags: UInt32, ceilings: String?
  ) throws(GitError) -> RepositoryHandle {
    precondition(Libgit2.isReady, "libgit2 does not start")
    var pointer: OpaquePointer?
    let code = git_repository_open_ext(&pointer, path, flags, ceilings)
    try Libgit2.check(code) { code, message in
      let place = URL(fileURLWithPath: path).standardizedFileURL.path
      return switch code {
      case GIT_ENOTFOUND: .notARepository(path: place)
      default: .unsupportedRepository(path: place, reason: message)
      }
    }
    return RepositoryHandle(owning: pointer!)
  }
}

extension RepositoryHandle {
  fileprivate var workTree: String? {
    git_repository_workdir(pointer).map { String(gitString: $0) }
  }

  /// Whether the folder alone does not say where the work tree is.
  fileprivate var needsWorkTree: Bool {
    git_repository_is_bare(pointer) == 0 && configuration("core.worktree") == nil
  }

  /// Whether `config.worktree`, which libgit2 1.5 does not read, calls the repository bare: there
  /// git keeps `core.bare` of a bare repository with linked work trees.
  fileprivate var isBareByOwnConfiguration: Bool {
    guard configuration("extensions.worktreeconfig") != nil else { return false }
    let file = String(gitString: git_repository_path(pointer)) + "config.worktree"
    var configuration: OpaquePointer?
    guard git_config_open_ondisk(&configuration, file) == 0 else { return false }
    defer { git_config_free(configuration) }
    var isBare: Int32 = 0
    return git_config_get_bool(&isBare, configuration, "core.bare") == 0 && isBare != 0
  }

  /// A value of git's configuration, system and user level included; nil when it is not set.
  func configuration(_ key: String) -> String? {
    var configuration: OpaquePointer?
    guard git_repository_config_snapshot(&configuration, pointer) == 0 else { return nil }
    defer { git_config_free(configuration) }
    var value: UnsafePointer<CChar>?
    guard git_config_get_string(&value, configuration, key) == 0 else { return nil }
    return String(gitString: value)
  }

  /// Whether some remote has promised to send later what is missing.
  var isPartialClone: Bool {
    var configuration: OpaquePointer?
    guard git_repository_config_snapshot(&configuration, pointer) == 0 else { return false }
    defer { git_config_free(configuration) }
    var iterator: OpaquePointer?
    guard git_config_iterator_new(&iterator, configuration) == 0 else { return false }
    defer { git_config_iterator_free(iterator) }
    var entry: UnsafeMutablePointer<git_config_entry>?
    while git_config_next(&entry, iterator) == 0 {
      let name = String(gitString: entry!.pointee.name)
      if name.hasPrefix("remote.") && name.hasSuffix(".promisor") { return true }
    }
    return false
  }
}
