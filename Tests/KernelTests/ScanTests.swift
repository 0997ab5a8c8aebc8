import Findings
import Foundation
import GitKit
import KernelTree
import ProgramUnderTest
import Testing

/// Whole folders of the prepared kernel, scanned as a user does it.
@Suite(.enabled(if: KernelClone.source != nil, KernelClone.hint))
struct ScanTests {
  @Test func everyUnitThatKbuildBuildsIsParsed() async throws {
    let kernel = try #require(KernelClone.source)
    let folders = Sample.isLarge ? ["fs/fuse", "fs/ext4", "kernel/time", "net/core"] : ["fs/fuse"]
    let cache = try TemporaryFolder()
    let outcome = try await ProgramUnderTest.run(
      ["scan", "--tree", kernel, "--only", "locks", "--format", "json"]
        + folders.map { kernel + "/" + $0 },
      environment: ["XDG_CACHE_HOME": cache.path])
    #expect([0, 1, 3].contains(outcome.status), "\(outcome.error)")
    let result = try JSONDecoder().decode(ReviewResult.self, from: Data(outcome.output.utf8))
    #expect(result.coverage.count >= folders.count * 10)
    let tree = try FolderTree(kernel)
    let version = try KernelTree(
      base: tree, options: .init(cacheDirectory: cache.path, configFrom: kernel)
    ).version(tree)
    for file in result.coverage where try version.buildRole(of: file.file) != .notBuilt {
      #expect(file.status == .parsed, "\(file.file): \(file.reason)")
    }
    for file in result.coverage where file.status != .parsed {
      print("\(file.file): \(file.reason)")
    }
    let touched = result.coverage.reduce(0) { $0 + $1.touched }
    let analysed = result.coverage.reduce(0) { $0 + $1.analysed }
    print("scan: \(analysed) of \(touched) functions of \(result.coverage.count) files analysed")
  }
}
