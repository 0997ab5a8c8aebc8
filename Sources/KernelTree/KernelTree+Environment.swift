import Dispatch
import GitKit
import Synchronization

extension KernelTree {
  /// The headers and the configuration that a file is parsed with.
  func environment(for path: String) throws -> Environment {
    let architecture = architecture(for: path)
    guard let build, build.serves(architecture),
      build.isPrepared || build.recorded(for: path) != nil
    else { return try environment(architecture, isMadeUp: true) }
    return try environment(architecture, isMadeUp: false)
  }

  /// The environment that a setting came from.
  func environment(of setting: CompileSetting) throws -> Environment {
    try environment(.named(setting.architecture), isMadeUp: setting.source == .madeUp)
  }

  private func environment(_ architecture: Architecture, isMadeUp: Bool) throws -> Environment {
    func made() throws -> Environment {
      guard let build, !isMadeUp else { return try madeUp(architecture) }
      return options.kernelDirectory == nil
        ? built(build, architecture) : try module(build, architecture)
    }
    let known = try environments.value(for: "\(architecture.name) \(isMadeUp)") { _ in try made() }
    // Somebody may empty the cache while it is in use: it is written again.
    return known.isIntact(cache) ? known : try made()
  }

  private func built(_ build: BuildDirectory, _ architecture: Architecture) -> Environment {
    Environment(
      root: build.sourceRoot, generated: build.root, architecture: architecture,
      configuration: build.configuration(), build: build,
      disk: DiskTree(root: build.sourceRoot, content: content(of: build.sourceRoot)),
      note: "\(architecture.name), configuration of \(build.root)")
  }

  /// An out-of-tree module: its own files, the headers of a prepared kernel.
  private func module(
    _ build: BuildDirectory, _ architecture: Architecture
  ) throws -> Environment {
    let disk: DiskTree
    if let root = options.workTree {
      disk = DiskTree(root: root, content: content(of: root))
    } else {
      let files = try HeaderSet(of: base, wholeFolders: [], cache: cache)
      disk = DiskTree(root: files.root, content: files.content, cache: cache)
    }
    return Environment(
      root: disk.root, generated: build.root, architecture: architecture,
      configuration: build.configuration(), build: build, disk: disk,
      note: "\(architecture.name), headers of \(build.root)",
      kernel: (build.sourceRoot, try FolderTree(build.sourceRoot)))
  }

  private func madeUp(_ architecture: Architecture) throws -> Environment {
    for file in ["Kconfig", "include/linux/kconfig.h"] where try base.blobID(of: file) == nil {
      throw KernelTreeError.notAKernelTree(missing: file)
    }
    // Writing the headers waits for the disk, reading Kconfig for the processor.
    let headers = Mutex<Result<HeaderSet, any Error>?>(nil)
    let made = Mutex<Result<MadeUpSet, any Error>?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { turn in
      if turn == 0 {
        let result = Result {
          try HeaderSet(
            of: base, wholeFolders: Environment.wholeFolders(architecture), cache: cache)
        }
        headers.withLock { $0 = result }
      } else {
        let result = Result { try madeUpSet(of: base, architecture) }
        made.withLock { $0 = result }
      }
    }
    guard let headers = try headers.withLock({ $0 })?.get(),
      let set = try made.withLock({ $0 })?.get()
    else { throw KernelTreeError.cache(path: cache.root, reason: "nothing was written") }
    return Environment(
      root: headers.root, generated: set.folder, architecture: architecture,
      configuration: set.configuration, build: nil,
      disk: DiskTree(root: headers.root, content: headers.content, cache: cache),
      outside: headers.outside, madeUp: set,
      note: "\(architecture.name), \(set.origin)")
  }

  var cache: CacheFolder { CacheFolder(root: options.cacheDirectory) }

  /// The made-up headers of a version; versions that share them share the value.
  func madeUpSet(of source: any TreeSource, _ architecture: Architecture) throws -> MadeUpSet {
    let folder = try MadeUpSet.folder(of: source, architecture: architecture, cache: cache)
    let known = try sets.value(for: folder) { try MadeUpSet($0) }
    return cache.isComplete(folder) ? known : try MadeUpSet(folder)
  }

  /// What is on disk at `root`: as the caller told, as git knows it, or by reading it.
  private func content(of root: String) -> (any TreeSource)? {
    if root == options.workTree, let content = options.workTreeContent { return content }
    return contents.value(for: root) { root in
      if let repository = try? Repository(at: root), let place = repository.workTreeRoot,
        TreePath.normalized(place) == TreePath.normalized(root)
      {
        return try? repository.workTreeOnDemand()
      }
      return try? FolderTree(root)
    }
  }
}
