import DemoSeries
import Findings
import Foundation
import ProgramUnderTest
import Testing

/// The page in a real browser, without a network.
@Suite(.enabled(if: Tools.browser != nil)) struct BrowserTests {
  private func open(_ page: String, in folder: String) async throws -> (
    document: String, log: String
  ) {
    let file = folder + "/page.html"
    try page.write(toFile: file, atomically: true, encoding: .utf8)
    let outcome = try await ProgramUnderTest.run(
      program: try #require(Tools.browser),
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
        "--user-data-dir=\(folder)/profile", "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom",
        "file://\(file)",
      ], in: folder)
    return (outcome.output, outcome.error)
  }

  @Test func thePageOfTheExample() async throws {
    let folder = try TemporaryFolder()
    let page = try await ProgramUnderTest.run(["demo", "--format", "html"])
    let seen = try await open(page.output, in: folder.path)
    // The script ran, so its hash is the one of the page's policy.
    #expect(seen.document.contains("9 of 9 shown"))
    #expect(!seen.log.contains("CONSOLE"), "\(seen.log)")
    #expect(seen.document.components(separatedBy: "<article ").count == 10)
  }

  @Test func aHostileSeriesStaysText() async throws {
    let kernel = try MiniatureKernel()
    let evil = "<img src=x onerror=document.title='owned'>\"'{{{script}}}"
    let name = "fs/brook/<b>\"x'&.c"
    try kernel.commit([name: MiniatureKernel.leaky()], "brook: \(evil)\n\n<script>1</script>\n")
    let outcome = try await kernel.run("check", "HEAD", "--format", "html")
    #expect(outcome.status == 1, "\(outcome.error)")
    let seen = try await open(outcome.output, in: kernel.folder.path)
    #expect(seen.document.contains("<title>lockstep review</title>"))
    #expect(!seen.document.contains("<img") && !seen.document.contains("<b>"))
    #expect(seen.document.contains("&lt;img src=x"))
    #expect(!seen.log.contains("CONSOLE"), "\(seen.log)")
  }
}
