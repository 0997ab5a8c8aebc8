import GitKit

/// What one architecture's units of one version have in common.
struct Outlook: Sendable {
  let environment: Environment
  let kbuild: KbuildReader
  /// Headers of whole folders and generated ones that differ from those on disk, by absolute path.
  let changedHeaders: [String: [UInt8]]
  private let baseFlags: [String]

  init(of source: any TreeSource, _ environment: Environment, cache: CacheFolder) throws {
    self.environment = environment
    let architecture = environment.architecture
    var configuration = environment.configuration
    var changed: [UnsavedFile] = []
    for folder in environment.wholeFolders {
      changed += try environment.disk.differences(below: folder, from: source)
    }
    let scanner = IncludeScanner(
      source: source, disk: environment.disk, wholeFolders: environment.wholeFolders)
    for path in environment.outside {
      changed += try scanner.unsaved(from: path, searched: [], isHeader: true)
    }
    if let base = environment.madeUp {
      let own = try MadeUpSet(of: source, architecture: architecture, cache: cache)
      configuration = own.configuration
      changed += base.differences(to: own)
    }
    changedHeaders = Dictionary(changed.map { ($0.path, $0.bytes) }) { first, _ in first }
    baseFlags = try BaseFlags(
      root: environment.root, generated: environment.generated, configuration: configuration,
      architecture: architecture
    ).flags(of: source)
    kbuild = KbuildReader(
      source: source, root: environment.root, configuration: configuration,
      architecture: architecture)
  }

  /// The setting without unsaved files: as it was recorded, else from the Makefiles.
  func command(for path: String) throws -> CompileSetting {
    let architecture = environment.architecture
    var setting = CompileSetting(
      arguments: ["-x", "c", "--target=\(architecture.target)", "-w"],
      workingDirectory: environment.generated, mainFile: environment.root + "/" + path,
      unsavedFiles: [], source: environment.madeUp == nil ? .workTree : .madeUp,
      architecture: architecture.name, note: environment.note)
    if let recorded = environment.build?.recorded(for: path) {
      let filter = FlagFilter(directory: recorded.command.directory, architecture: architecture)
      setting.arguments += filter.allowed(recorded.command.words)
      setting.workingDirectory = recorded.command.directory
      setting.source = recorded.source
    } else {
      setting.arguments += try derivedFlags(for: path)
    }
    return setting
  }

  private func derivedFlags(for path: String) throws -> [String] {
    let filter = FlagFilter(directory: environment.root, architecture: environment.architecture)
    let flags = try kbuild.flags(of: path)
    let removed = Set(flags.removed)
    let added = filter.allowed(flags.added.filter { !removed.contains($0) })
    return baseFlags.filter { !removed.contains($0) } + withGeneratedFolders(added)
      + KbuildReader.nameFlags(for: path, object: flags.object)
  }

  /// Each include folder of the tree once more where the build puts what it makes there.
  private func withGeneratedFolders(_ flags: [String]) -> [String] {
    guard environment.generated != environment.root else { return flags }
    var result: [String] = []
    for flag in flags {
      let isFolder = result.last == "-I"
      result.append(flag)
      if isFolder, let folder = TreePath.relative(flag, to: environment.root) {
        result += ["-I", environment.generated + "/" + folder]
      }
    }
    return result
  }
}
