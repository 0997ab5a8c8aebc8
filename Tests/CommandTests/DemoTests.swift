import Findings
import Foundation
import ProgramUnderTest
import Testing

@Suite struct DemoTests {
  @Test func theStoryIsTold() async throws {
    let outcome = try await ProgramUnderTest.run(["demo", "--format", "json"])
    #expect(outcome.status == 0 && outcome.error == "")
    let result = try JSONDecoder().decode(ReviewResult.self, from: Data(outcome.output.utf8))
    #expect(result.range.commits.count == 4 && !result.isIncomplete)
    func count(_ type: FindingType, patch: Int) -> Int {
      result.findings.count { $0.type == type && $0.patch == patch }
    }
    #expect(count(.linkageWidened, patch: 1) == 2 && count(.prototypeAdded, patch: 1) == 2)
    #expect(count(.duplicateFunction, patch: 2) == 1 && count(.prototypeRemoved, patch: 2) == 2)
    let (leaky, repair) = (result.range.commits[2].oid, result.range.commits[3].oid)
    let leak = try #require(result.findings.first { $0.type == .lockHeldAtReturn })
    #expect(result.findings.count { $0.type.area == .locks } == 1)
    #expect(leak.commit == leaky && leak.fixedIn == repair)
    #expect(leak.file == "fs/brook/direct.c" && leak.function == "brook_direct_write")
    #expect(result.findings.contains { $0.type == .bisectBreak && $0.commit == leaky })
  }

  @Test func theTextShowsTheCode() async throws {
    let outcome = try await ProgramUnderTest.run(["demo"])
    #expect(outcome.output.contains("62 |                 return -EDQUOT;"))
    #expect(!outcome.output.contains("\u{1b}"))
    let colored = try await ProgramUnderTest.run(["demo", "--color", "always"])
    #expect(colored.output.contains("\u{1b}[1;31merror[LOCK_HELD_AT_RETURN]"))
  }

  @Test func theSameBytesEveryTime() async throws {
    let first = try await ProgramUnderTest.run(["demo", "--format", "json"])
    let second = try await ProgramUnderTest.run(["demo", "--format", "json"])
    #expect(first.output == second.output)
  }

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
