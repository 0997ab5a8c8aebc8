import Findings
import Foundation
import ProgramUnderTest
import Testing

/// Repositories and ranges that are not as a review would like them.
@Suite struct RepositoryTests {
  @Test func notARepository() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await ProgramUnderTest.run(
      ["check"], in: folder.path, environment: ["GIT_CEILING_DIRECTORIES": folder.path])
    #expect(outcome.status == 2)
    #expect(outcome.error.contains("not inside a git repository"))
  }

  @Test(arguments: ["nosuch", "nosuch..HEAD", "HEAD..nosuch", "-x", "HEAD~99"])
  func badRanges(range: String) async throws {
    let kernel = try MiniatureKernel()
    let outcome = try await kernel.run("check", "--", range)
    #expect(outcome.status == 2, "\(outcome.output)")
    #expect(outcome.output == "")
    #expect(outcome.error.hasPrefix("lockstep: "))
  }

  @Test func anEmptyRangeSaysSo() async throws {
    let kernel = try MiniatureKernel()
    let outcome = try await kernel.run("check", "HEAD..HEAD")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Nothing to analyse"))
  }

  @Test func aBranchWithoutUpstreamAsksForARange() async throws {
    let kernel = try MiniatureKernel()
    let outcome = try await kernel.run("check")
    #expect(outcome.status == 2)
    #expect(outcome.error.contains("BASE..HEAD"))
  }

  @Test func aMissingObjectIsNamed() async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(["fs/brook/lost.c": "int brook_lost;\n"])
    let blob = try await ProgramUnderTest.git(
      ["rev-parse", "HEAD:fs/brook/lost.c"], in: kernel.path)
    let object = ".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    try FileManager.default.removeItem(atPath: kernel.path + "/" + object)
    let outcome = try await kernel.run("check", "HEAD")
    #expect([2, 3].contains(outcome.status))
    #expect((outcome.output + outcome.error).contains("fs/brook/lost.c"))
  }

  @Test(arguments: ["/dev/null/cache", "/proc/cache"])
  func aCacheThatCannotBeWrittenLosesNothing(cache: String) async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(["fs/brook/leaky.c": MiniatureKernel.leaky()])
    let outcome = try await kernel.run(
      "check", "HEAD", "--format", "json", environment: ["XDG_CACHE_HOME": cache])
    #expect(outcome.status == 1, "\(outcome.output)")
    #expect(try outcome.result().findings.contains { $0.type == .lockHeldAtReturn })
  }

  @Test(arguments: [["HEAD~1..HEAD"], ["--staged"], ["--worktree"], ["HEAD"], ["-1"]])
  func theRepositoryIsOnlyRead(subject: [String]) async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(["fs/brook/leaky.c": MiniatureKernel.leaky()])
    try kernel.commit(["fs/brook/other.c": MiniatureKernel.leaky("brook_other")])
    try kernel.folder.write("int brook_third;\n", to: "linux/fs/brook/third.c")
    try await ProgramUnderTest.git(["add", "fs/brook/third.c"], in: kernel.path)
    try kernel.folder.write("int brook_fourth;\n", to: "linux/fs/brook/third.c")
    let before = try FolderImage(kernel.path)
    let outcome = try await ProgramUnderTest.run(
      ["check"] + subject, in: kernel.path,
      environment: ["XDG_CACHE_HOME": kernel.folder.path + "/cache"])
    #expect([0, 1].contains(outcome.status), "\(outcome.error)")
    #expect(try FolderImage(kernel.path) == before)
  }

  @Test func theIndexThatGitHandsToAHookCounts() async throws {
    let kernel = try MiniatureKernel()
    try kernel.folder.write(MiniatureKernel.leaky(), to: "linux/fs/brook/leaky.c")
    let index = kernel.folder.path + "/index"
    let environment = ["GIT_INDEX_FILE": index]
    try await ProgramUnderTest.git(
      ["read-tree", "HEAD"], in: kernel.path, environment: environment)
    try await ProgramUnderTest.git(["add", "-A"], in: kernel.path, environment: environment)
    let plain = try await kernel.run("check", "--staged", "--format", "json")
    #expect(plain.status == 0)
    let hooked = try await kernel.run(
      "check", "--staged", "--format", "json", environment: environment)
    #expect(hooked.status == 1)
    let leak = try #require(try hooked.result().findings.first { $0.type == .lockHeldAtReturn })
    #expect(leak.commit == nil && leak.line == 9)
  }
}
