import Foundation
import ProgramUnderTest
import Testing

@Suite struct DemoTests {
  @Test func theRepositoryIsKeptOnlyWhenAsked() async throws {
    let folder = try TemporaryFolder()
    let environment = ["TMPDIR": folder.path, "XDG_CACHE_HOME": folder.path + "/cache"]
    let outcome = try await ProgramUnderTest.run(["demo"], environment: environment)
    #expect(outcome.status == 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!left.contains { $0.hasPrefix("lockstep-demo") })

    let kept = folder.path + "/kept"
    let second = try await ProgramUnderTest.run(
      ["demo", "--keep", kept], environment: environment)
    #expect(second.status == 0)
    let subjects = try await ProgramUnderTest.git(["log", "--format=%s"], in: kept)
    #expect(subjects.split(separator: "\n").count == 5)

    let third = try await ProgramUnderTest.run(
      ["demo", "--keep", kept], environment: environment)
    #expect(third.status == 2)
    #expect(third.error.contains("exists already"))
  }
}
