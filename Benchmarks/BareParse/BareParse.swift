import CClang
import Foundation
import GitKit
import KernelTree

/// Parses file versions with libclang and does nothing with them: the floor that a review stands on.
///
/// Usage: `bare-parse REPOSITORY BUILD JOBS REVISION:PATH…`. Prints the seconds from the first parse
/// to the end of the last one; finding flags and reading texts is not part of it.
@main
enum BareParse {
  private struct Version: Sendable {
    var setting: CompileSetting
    var text: [UInt8]
  }

  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count > 3, let jobs = Int(words[2]), jobs > 0 else {
      FileHandle.standardError.write(
        Data("usage: bare-parse REPOSITORY BUILD JOBS REVISION:PATH…\n".utf8))
      exit(2)
    }
    let versions = try read(words[3...], repository: words[0], build: words[1])
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = jobs
    let begin = ContinuousClock.now
    for version in versions { queue.addOperation { parse(version) } }
    queue.waitUntilAllOperationsAreFinished()
    print((ContinuousClock.now - begin) / .seconds(1))
  }

  private static func read(_ names: ArraySlice<String>, repository: String, build: String) throws
    -> [Version]
  {
    let repository = try Repository(at: repository)
    let trees = try names.map { name in
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      let commit = try repository.commit(try repository.resolve(parts[0]))
      return (tree: repository.tree(of: commit), path: parts[1])
    }
    let kernel = try KernelTree(
      base: trees[0].tree,
      options: KernelTree.Options(cacheDirectory: NSTemporaryDirectory(), configFrom: build))
    return try trees.map { tree, path in
      Version(
        setting: try kernel.version(tree).setting(for: path), text: try tree.read(path) ?? [])
    }
  }

  private static func parse(_ version: Version) {
    let setting = version.setting
    let files = [UnsavedFile(path: setting.mainFile, bytes: version.text)] + setting.unsavedFiles
    let names = files.map { strdup($0.path) }
    let texts = files.map { file in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: file.bytes.count + 1)
      file.bytes.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(start: copy, count: $0.count).copyMemory(from: $0)
      }
      return copy
    }
    let arguments = setting.arguments.map { strdup($0) }
    defer {
      (names + arguments).forEach { free($0) }
      texts.forEach { $0.deallocate() }
    }

    var unsaved = files.indices.map {
      CXUnsavedFile(Filename: names[$0], Contents: texts[$0], Length: UInt(files[$0].bytes.count))
    }
    let pointers = arguments.map { UnsafePointer<CChar>($0) }
    let index = clang_createIndex(0, 0)
    defer { clang_disposeIndex(index) }
    var unit: CXTranslationUnit?
    let code = clang_parseTranslationUnit2(
      index, setting.mainFile, pointers, Int32(pointers.count), &unsaved, UInt32(unsaved.count),
      CXTranslationUnit_KeepGoing.rawValue, &unit)
    precondition(code == CXError_Success, "libclang gave up on \(setting.mainFile)")
    clang_disposeTranslationUnit(unit)
  }
}
