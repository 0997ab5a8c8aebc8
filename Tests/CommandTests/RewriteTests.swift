import Findings
import Foundation
import ProgramUnderTest
import Testing

/// SERIES_REWRITE as a user meets it.
@Suite struct RewriteTests {
  private func text(_ name: String) -> String {
    "#include \"brook_i.h\"\n" + MiniatureKernel.drain.replacing("sluice", with: name)
  }

  @Test func aFirstAttemptThatIsReplacedIsTold() async throws {
    let kernel = try MiniatureKernel()
    let first = try kernel.commit(["fs/brook/drain.c": text("sluice")], "brook: drain")
    try kernel.commit(["fs/brook/other.c": "int brook_other;\n"], "brook: something else")
    let other = MiniatureKernel.drain.split(separator: "\n").map { "// no \($0)" }
    let last = try kernel.commit(
      ["fs/brook/drain.c": other.joined(separator: "\n") + "\n"], "brook: drain again")
    let range = "\(kernel.base)..HEAD"
    let result = try await kernel.run("check", range, "--format", "json").result()
    let found = result.findings.filter { $0.type == .seriesRewrite }
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.commit == first && finding.patch == 1 && finding.patches == 3)
    #expect(finding.data["rewrittenBy"] == .string(last) && finding.fixedIn == nil)
    #expect(finding.file == "fs/brook/drain.c" && finding.line == 1)
    let locks = try await kernel.run("check", range, "--only", "locks", "--format", "json")
    #expect(!(try locks.result().findings.contains { $0.type == .seriesRewrite }))
  }

  @Test func aSeriesThatGrowsIsNot() async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(["fs/brook/drain.c": text("sluice")], "brook: drain")
    let more = text("sluice") + MiniatureKernel.drain.replacing("brook_drain", with: "brook_fill")
    try kernel.commit(["fs/brook/drain.c": more], "brook: fill")
    let outcome = try await kernel.run("check", "\(kernel.base)..HEAD", "--format", "json")
    #expect(!(try outcome.result().findings.contains { $0.type == .seriesRewrite }))
  }
}
