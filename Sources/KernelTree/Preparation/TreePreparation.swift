import Foundation
public import GitKit

/// Lets a kernel's own `make` produce its exact generated headers, because the user asked for it.
///
/// This is the only part that runs something of the tree. It works on a copy in the cache: what
/// `make allmodconfig prepare` needs is written there, `make` runs with its output beside it, the
/// headers are kept and the copy is deleted. They are then used for every version that has the
/// same Kconfig files, architecture headers and so on.
public struct TreePreparation: Sendable {
  private let source: any TreeSource
  private let architecture: Architecture
  private let configuration: [UInt8]?
  private let cache: CacheFolder

  /// - Parameters:
  ///   - source: the version to prepare.
  ///   - architecture: any name of it.
  ///   - configFrom: a folder with a `.config`, or such a file, to use instead of `allmodconfig`.
  ///   - cacheDirectory: as in `KernelTree.Options`.
  /// - Throws: `KernelTreeError` when `configFrom` has no configuration.
  public init(
    of source: any TreeSource, architecture: String = "x86", configFrom: String? = nil,
    cacheDirectory: String
  ) throws(KernelTreeError) {
    self.source = source
    self.architecture = .named(Architecture.folderName(architecture))
    cache = CacheFolder(root: cacheDirectory)
    guard let configFrom else {
      configuration = nil
      return
    }
    let manager = FileManager.default
    guard
      let text = manager.contents(atPath: configFrom + "/.config")
        ?? manager.contents(atPath: configFrom)
    else { throw .notABuild(path: configFrom, reason: "it has no .config") }
    configuration = [UInt8](text)
  }

  /// Prepares the version, or finds that it was prepared before.
  ///
  /// - Parameter progress: is told what is done, a line at a time, `make`'s own lines included.
  /// - Returns: the cache folder that now holds the headers.
  /// - Throws: `KernelTreeError`, or the source's error.
  @discardableResult
  public func run(progress: (String) -> Void) throws -> String {
    for file in ["Kconfig", "Makefile"] where try source.blobID(of: file) == nil {
      throw KernelTreeError.notAKernelTree(missing: file)
    }
    let questions = try MadeUpSet.questions(of: source, architecture: architecture)
    let key = ObjectID.blob(of: Array(questions.utf8) + (configuration ?? []))
    return try cache.folder(MadeUpSet.preparedKind(architecture), key: "\(key)") { draft in
      progress("writing a copy of the tree")
      try PreparationCopy(source: source, architecture: architecture).write(to: draft + "/source")
      try build(in: draft, progress)
      try keep(draft, questions)
      try FileManager.default.removeItem(atPath: draft + "/source")
      try FileManager.default.removeItem(atPath: draft + "/build")
    }
  }

  private func build(in draft: String, _ progress: (String) -> Void) throws {
    try FileManager.default.createDirectory(
      atPath: draft + "/build", withIntermediateDirectories: true)
    if let configuration { try CacheFolder.write(configuration, to: draft + "/build/.config") }
    let jobs = max(ProcessInfo.processInfo.activeProcessorCount, 1)
    for target in [configuration == nil ? "allmodconfig" : "olddefconfig", "prepare"] {
      progress("make \(target)")
      try MakeRun(
        arguments: [
          "-C", draft + "/source", "O=\(draft)/build", "ARCH=\(architecture.name)", "-j\(jobs)",
          target,
        ]
      ).run(progress)
    }
  }

  /// Moves the generated headers to where a made-up set has them.
  private func keep(_ draft: String, _ questions: String) throws {
    let build = draft + "/build"
    var texts: [String: [UInt8]] = [:]
    for folder in ["include/generated", "arch/\(architecture.name)/include/generated"] {
      for name in FileManager.default.subpaths(atPath: build + "/" + folder) ?? []
      where name.hasSuffix(".h") {
        let path = folder + "/" + name
        texts[path] = FileManager.default.contents(atPath: build + "/" + path).map { [UInt8]($0) }
      }
    }
    guard let header = texts["include/generated/autoconf.h"] else {
      throw KernelTreeError.preparation(reason: "make left no include/generated/autoconf.h")
    }
    let options = Autoconf.symbols(in: String(decoding: header, as: UTF8.self))
    let lines = options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
    try MadeUpSet.fill(
      draft, questions: questions, options: lines, texts,
      origin: configuration == nil ? "prepared by make allmodconfig" : "prepared by make")
  }
}
