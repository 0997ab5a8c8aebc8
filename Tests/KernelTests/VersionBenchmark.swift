import ClangKit
import Foundation
import GitKit
import KernelTree
import ProgramUnderTest
import Testing

/// Measures further versions of a file with the same headers beside a bare parse of it.
///
/// `make bench` runs it and prints the figures.
@Suite(
  .enabled(if: BareParse.program != nil && KernelClone.source != nil, "type make bench"))
struct VersionBenchmark {
  private static let path = "fs/fuse/file.c"

  @Test func versionsOfFuse() async throws {
    let clone = try await KernelClone()
    let first = try request(clone)
    let pool = WorkerPool(program: ProgramUnderTest.path, arguments: ["parse-worker"], jobs: 1)
    let plain = WorkerPool(program: ProgramUnderTest.path, arguments: ["parse-worker"], jobs: 1)
    var seconds: [Double] = []
    var alone: [Double] = []
    for number in 0..<8 {
      var version = first
      version.text += Array("\nint further\(number)(int x)\n{\n\treturn x;\n}\n".utf8)
      version.further = 7
      let begin = ContinuousClock.now
      let unit = try await pool.parse(version)
      seconds.append((ContinuousClock.now - begin) / .seconds(1))
      version.further = 0
      let start = ContinuousClock.now
      #expect(try await plain.parse(version) == unit)
      alone.append((ContinuousClock.now - start) / .seconds(1))
    }
    let bare = try await bareSeconds(clone)
    let further = seconds[2...].sorted()[3]
    print(
      """
      versions of \(Self.path) with the same headers, bare parses each: alone \
      \(format(alone.sorted()[4] / bare)); in a series first \(format(seconds[0] / bare)), second \(format(seconds[1] / bare)), \
      further \(format(further / bare))
      """)
    #expect(further <= 0.2 * bare)
  }

  private func request(_ clone: KernelClone) throws -> ParseRequest {
    let repository = try Repository(at: clone.path)
    let tree = repository.tree(of: try repository.commit(try repository.resolve(clone.base)))
    let version = try KernelTree(
      base: tree,
      options: .init(cacheDirectory: NSTemporaryDirectory(), configFrom: clone.kernel)
    ).version(tree)
    let setting = try version.setting(for: Self.path)
    return ParseRequest(
      path: Self.path, file: setting.mainFile, text: try tree.read(Self.path) ?? [],
      arguments: setting.arguments, workingDirectory: setting.workingDirectory,
      unsaved: setting.unsavedFiles.map { .init(file: $0.path, text: $0.bytes) })
  }

  /// The median time of a parse with libclang alone.
  private func bareSeconds(_ clone: KernelClone) async throws -> Double {
    var seconds: [Double] = []
    for _ in 0..<5 {
      let bare = try await ProgramUnderTest.run(
        program: try #require(BareParse.program),
        [clone.path, clone.kernel, "1", "\(clone.base):\(Self.path)"])
      seconds.append(try #require(Double(bare.output.trimmingCharacters(in: .newlines))))
    }
    return seconds.sorted()[2]
  }

  private func format(_ value: Double) -> String { String(format: "%.2f", value) }
}
