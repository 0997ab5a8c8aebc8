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

  /// Whoever sees little, nothing, or uses no mouse can read the page.
  @Test(arguments: [false, true]) func everybodyCanReadIt(isDark: Bool) async throws {
    let folder = try TemporaryFolder()
    let page = try await ProgramUnderTest.run(["demo", "--format", "html"])
    let (seen, log) = try await PageInspection.inspect(
      page.output, in: folder.path, isDark: isDark)
    #expect(!log.contains("CONSOLE"), "\(log)")
    #expect(seen.resources == 0)
    // In the colours of the system and in those that the button gives.
    #expect(seen.measured > 300 && Set(seen.faint.keys) == [isDark ? "dark" : "light", "toggled"])
    for (theme, texts) in seen.faint { #expect(texts.isEmpty, "\(theme): \(texts)") }
    #expect(seen.themes == (isDark ? ["light", "dark"] : ["dark", "light"]))

    #expect(seen.nameless.isEmpty)
    func names(_ role: String) -> [String] { seen.named.filter { $0.role == role }.map(\.name) }
    #expect(names("main").count == 1 && names("status") != [])
    #expect(names("searchbox") == ["Search"] && names("button") == ["Light or dark"])
    #expect(names("combobox") == ["Type", "Patch"])
    #expect(names("checkbox") == ["error", "warning", "info"])
    #expect(names("article").count == 9)
    #expect(names("article").contains { $0.hasPrefix("error LOCK_HELD_AT_RETURN: returns with") })
    #expect(names("table").contains("Findings by patch") && names("table").contains("Coverage"))
    // No level is left out on the way down.
    #expect(seen.headings.first == 1)
    #expect(zip(seen.headings, seen.headings.dropFirst()).allSatisfy { $1 - $0 <= 1 })

    #expect(
      seen.focus == [
        "j finding-1", "j finding-2", "k finding-1", "/ search", "x search", "Escape ", "t ",
      ])
    #expect(seen.shown.count == 3 && seen.shown[0] == 9 && seen.shown[2] == 9)
    #expect(seen.shown[1] > 0 && seen.shown[1] < 9)
    #expect(!seen.scrolls)
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
