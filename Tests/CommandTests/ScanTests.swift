import Findings
import Foundation
import ProgramUnderTest
import Testing

@Suite struct ScanTests {
  @Test func filesAreScannedWithoutGit() async throws {
    let kernel = try MiniatureKernel()
    try kernel.folder.write(MiniatureKernel.leaky(), to: "linux/fs/brook/leaky.c")
    try FileManager.default.removeItem(atPath: kernel.path + "/.git")
    for arguments in [["fs/brook/leaky.c"], ["fs"], ["."], ["--tree", ".", "fs/brook"]] {
      let outcome = try await ProgramUnderTest.run(
        ["scan", "--format", "json"] + arguments, in: kernel.path,
        environment: ["XDG_CACHE_HOME": kernel.folder.path + "/cache"])
      #expect(outcome.status == 1, "\(arguments): \(outcome.error)")
      let result = try outcome.result()
      #expect(result.findings.map(\.file) == ["fs/brook/leaky.c"])
      #expect(result.findings.first?.line == 9 && result.findings.first?.commit == nil)
    }
  }

  @Test func aTextStandsForAPathOfTheTree() async throws {
    let kernel = try MiniatureKernel()
    let outcome = try await ProgramUnderTest.run(
      ["scan", "--as", "fs/brook/file.c", "-", "--format", "json"], in: kernel.path,
      input: MiniatureKernel.leaky(),
      environment: ["XDG_CACHE_HOME": kernel.folder.path + "/cache"])
    #expect(outcome.status == 1, "\(outcome.error)")
    #expect(try outcome.result().findings.map(\.file) == ["fs/brook/file.c"])
  }

  @Test func theTextReportShowsTheLineOnDisk() async throws {
    let kernel = try MiniatureKernel()
    try kernel.folder.write(MiniatureKernel.leaky(), to: "linux/fs/brook/leaky.c")
    let outcome = try await kernel.run("scan", "fs/brook/leaky.c")
    #expect(outcome.output.contains("9 |                 return -EDQUOT;"))
  }

  @Test(arguments: ["fs/brook/nothing.c", "nowhere"])
  func whatIsNotThereIsNamed(path: String) async throws {
    let kernel = try MiniatureKernel()
    let outcome = try await kernel.run("scan", path)
    #expect(outcome.status == 2)
    #expect(outcome.error.contains(path))
  }

  @Test func theReportGoesIntoAFile() async throws {
    let kernel = try MiniatureKernel()
    let report = kernel.folder.path + "/report.json"
    let outcome = try await kernel.run("scan", "fs", "--format", "json", "-o", report)
    #expect(outcome.status == 0 && outcome.output == "")
    let text = try String(contentsOfFile: report, encoding: .utf8)
    #expect(text.hasPrefix("{") && text.hasSuffix("}\n"))
    let bad = try await kernel.run("scan", "fs", "-o", "/no/such/folder/report")
    #expect(bad.status == 2)
    #expect(bad.error.contains("cannot write '/no/such/folder/report'"))
  }
}
