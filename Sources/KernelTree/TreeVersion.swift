import GitKit

/// One version of a kernel tree, ready to say how its files are parsed.
public struct TreeVersion: Sendable {
  let tree: KernelTree
  let source: any TreeSource
  private let changed = Memo<String, [UnsavedFile]>()

  init(tree: KernelTree, source: any TreeSource) {
    self.tree = tree
    self.source = source
  }

  /// How the file `path` of this version is to be parsed.
  ///
  /// Any source file or header may be asked for, built or not, there or not.
  /// - Throws: `KernelTreeError`, or the source's own error when the tree cannot be read.
  public func setting(for path: String) throws -> CompileSetting {
    let architecture = tree.architecture(for: path)
    guard let build = tree.build else {
      throw KernelTreeError.notAKernelTree(missing: "prepared headers")
    }
    let disk = DiskTree(root: build.sourceRoot, content: tree.content(of: build.sourceRoot))
    let wholeFolders = ["include", "arch/\(architecture.name)/include"]
    var setting = recordedSetting(for: path, build, architecture)
    var unsaved: [String: [UInt8]] = [:]
    for folder in wholeFolders {
      let files = try changed.value(for: folder) { try disk.differences(below: $0, from: source) }
      for file in files { unsaved[file.path] = file.bytes }
    }
    let scanner = IncludeScanner(source: source, wholeFolders: wholeFolders)
    let searched = searchedFolders(of: setting.arguments, root: build.sourceRoot, wholeFolders)
    for file in try scanner.reached(from: path, searched: searched)
    where try disk.differs(from: file, in: source) {
      unsaved[build.sourceRoot + "/" + file.path] = file.bytes
    }
    setting.unsavedFiles = unsaved.sorted { $0.key < $1.key }.map {
      UnsavedFile(path: $0.key, bytes: $0.value)
    }
    return setting
  }

  private func recordedSetting(
    for path: String, _ build: BuildDirectory, _ architecture: Architecture
  ) -> CompileSetting {
    let recorded = build.recorded(for: path)
    let filter = FlagFilter(
      directory: recorded?.command.directory ?? build.root, architecture: architecture)
    let flags =
      recorded.map { filter.allowed($0.command.words) }
      ?? BaseFlags(architecture: architecture, build: build).flags + named(path)
    return CompileSetting(
      arguments: ["-x", "c", "--target=\(architecture.target)", "-w"] + flags,
      workingDirectory: recorded?.command.directory ?? build.root,
      mainFile: build.sourceRoot + "/" + path,
      unsavedFiles: [],
      source: recorded?.source ?? .workTree,
      architecture: architecture.name,
      note: "\(architecture.name), configuration of \(build.root)")
  }

  private func named(_ path: String) -> [String] {
    let name = TreePath.name(of: path).replacing(/\.[^.]*$/, with: "")
    let module = name.replacing("-", with: "_").replacing(",", with: "_")
    return [
      "-DKBUILD_BASENAME=\"\(module)\"", "-DKBUILD_MODNAME=\"\(module)\"",
      "-DKBUILD_MODFILE=\"\(module)\"", "-D__KBUILD_MODNAME=kmod_\(module)",
    ]
  }

  /// Folders of the tree among the include folders, but those that are given as a whole.
  private func searchedFolders(
    of arguments: [String], root: String, _ wholeFolders: [String]
  ) -> [String] {
    zip(arguments, arguments.dropFirst()).compactMap { flag, value in
      guard flag == "-I" || flag == "-iquote" || flag == "-isystem",
        let folder = TreePath.relative(value, to: root),
        !wholeFolders.contains(where: { folder == $0 || folder.hasPrefix($0 + "/") })
      else { return nil }
      return folder
    }
  }
}
