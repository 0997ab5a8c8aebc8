import CSyntax
import ClangKit
import Foundation
import GitKit
import KernelTree
import ProgramUnderTest
import Testing

/// What is read with nothing prepared, beside what is read with the kernel's own headers.
@Suite(.enabled(if: KernelClone.source != nil, KernelClone.hint), .serialized)
struct MadeUpTreeTests {
  private let clone: KernelClone
  private let prepared: TreeVersion
  private let madeUp: TreeVersion
  private let source: any TreeSource
  private let pool: WorkerPool
  private let cache: TemporaryFolder

  init() async throws {
    clone = try await KernelClone()
    cache = try TemporaryFolder()
    let repository = try Repository(at: clone.path)
    let tree = repository.tree(of: try repository.commit(try repository.resolve(clone.base)))
    source = tree
    prepared = try KernelTree(
      base: tree, options: .init(cacheDirectory: cache.path, configFrom: clone.kernel)
    ).version(tree)
    madeUp = try KernelTree(base: tree, options: .init(cacheDirectory: cache.path)).version(tree)
    pool = WorkerPool(
      program: ProgramUnderTest.path, arguments: ["parse-worker"],
      jobs: ProcessInfo.processInfo.activeProcessorCount)
  }

  private func sources(below folders: String...) async throws -> [String] {
    try await ProgramUnderTest.git(
      ["ls-tree", "-r", "--name-only", clone.base, "--"] + folders, in: clone.path
    ).split(separator: "\n").map(String.init).filter { $0.hasSuffix(".c") }
  }

  private func parse(_ path: String, in version: TreeVersion) async throws -> SyntaxUnit {
    let setting = try version.setting(for: path)
    return try await pool.parse(
      ParseRequest(
        path: path, file: setting.mainFile, text: try source.read(path) ?? [],
        arguments: setting.arguments, workingDirectory: setting.workingDirectory,
        unsaved: setting.unsavedFiles.map { .init(file: $0.path, text: $0.bytes) }))
  }

  /// What a function calls, in the order of its text, by the function's name.
  private func calls(in unit: SyntaxUnit) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for function in unit.ownFunctions {
      found[unit.strings[function.name]] = function.expressions.compactMap { index in
        guard case .call(let callee, _) = unit.form(of: ExpressionID(Int32(index))),
          case .function(let name) = unit.form(of: callee)
        else { return nil }
        // Numbered by a counter that runs through all headers.
        let text = unit.strings[name]
        return text.hasPrefix("__compiletime_assert_") ? "__compiletime_assert_" : text
      }
    }
    return found
  }

  /// What one of two lists of callees has more than the other.
  private func difference(_ exact: [String]?, _ mine: [String]?) -> String {
    guard let exact, let mine else { return mine == nil ? "is not seen" : "should not be there" }
    func more(_ a: [String], _ b: [String]) -> [String] {
      Array(Set(a).filter { name in a.count { $0 == name } > b.count { $0 == name } }).sorted()
    }
    return "misses \(more(exact, mine)), has \(more(mine, exact))"
  }

  private struct Outcome {
    var parsed = 0
    var failed: [String] = []
    var same = 0
    var different: [String] = []

    var total: Int { parsed + failed.count }
  }

  /// Parses the files both ways, or only made up.
  private func measure(_ files: [String], comparing: Bool) async throws -> Outcome {
    var outcome = Outcome()
    try await withThrowingTaskGroup(
      of: (String, SyntaxUnit, [String: [String]]?).self
    ) { group in
      for file in files {
        group.addTask {
          let unit = try await parse(file, in: madeUp)
          let exact = comparing ? calls(in: try await parse(file, in: prepared)) : nil
          return (file, unit, exact)
        }
      }
      for try await (file, unit, exact) in group {
        if let first = unit.diagnostics.first {
          outcome.failed.append("\(file): \(first.file):\(first.line): \(first.message)")
        } else {
          outcome.parsed += 1
        }
        guard let exact else { continue }
        let mine = calls(in: unit)
        for name in Set(exact.keys).union(mine.keys) {
          if exact[name] == mine[name] {
            outcome.same += 1
          } else {
            outcome.different.append("\(file): \(name)(): " + difference(exact[name], mine[name]))
          }
        }
      }
    }
    return outcome
  }

  private func report(_ what: String, _ outcome: Outcome) {
    print("\(what): \(outcome.parsed) of \(outcome.total) files parsed with nothing prepared")
    for line in outcome.failed.sorted() { print("  not: \(line)") }
    let functions = outcome.same + outcome.different.count
    guard functions > 0 else { return }
    print("\(what): \(outcome.same) of \(functions) functions call the same as when prepared")
    for line in outcome.different.sorted().prefix(40) { print("  not: \(line)") }
  }

  @Test func randomFilesAreReadAsWhenPrepared() async throws {
    var files: [String] = []
    for file in Sample.shuffled(try await sources(below: ".")) where files.count < Sample.size {
      let isForeign = file.hasPrefix("arch/") && !file.hasPrefix("arch/x86/")
      if try !isForeign && prepared.buildRole(of: file) != .notBuilt { files.append(file) }
    }
    let outcome = try await measure(files, comparing: true)
    report("random files", outcome)
    #expect(outcome.total == Sample.size)
    #expect(Double(outcome.parsed) >= 0.95 * Double(outcome.total) - 1)
    #expect(Double(outcome.different.count) <= 0.01 * Double(outcome.same) + 1)
  }

  @Test func filesOfOtherArchitecturesAreRead() async throws {
    let all = Sample.shuffled(try await sources(below: "arch/arm64", "arch/riscv"))
    let outcome = try await measure(Array(all.prefix(min(Sample.size, 100))), comparing: false)
    report("arm64 and riscv", outcome)
    #expect(Double(outcome.parsed) >= 0.9 * Double(outcome.total) - 1)
  }

  @Test func theFoldersOfTheScanAreRead() async throws {
    let folders = ["fs/fuse", "fs/ext4", "kernel/time", "net/core"]
    var files: [String] = []
    for folder in Sample.isLarge ? folders : [folders[0]] {
      for file in try await sources(below: folder)
      where try prepared.buildRole(of: file) != .notBuilt { files.append(file) }
    }
    let outcome = try await measure(files, comparing: true)
    report("fuse, ext4, time, net/core", outcome)
    #expect(outcome.failed == [])
    #expect(Double(outcome.different.count) <= 0.01 * Double(outcome.same))
  }
}
