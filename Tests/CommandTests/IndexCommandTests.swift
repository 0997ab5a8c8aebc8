import Foundation
import ProgramUnderTest
import Testing

/// `lockstep index` and `lockstep similar` on a repository of our own.
@Suite struct IndexCommandTests {
  private func kernel() async throws -> MiniatureKernel {
    let kernel = try MiniatureKernel()
    _ = try kernel.commit([
      "drivers/brook/drain.c": "static " + MiniatureKernel.drain,
      "net/lake/lake.c": "static " + MiniatureKernel.drain.replacing("brook", with: "lake"),
    ])
    return kernel
  }

  @Test func buildsShowsAndRemovesAnIndex() async throws {
    let kernel = try await kernel()
    let cache = try TemporaryFolder()
    let environment = ["XDG_CACHE_HOME": cache.path]
    let built = try await kernel.run("index", "build", environment: environment)
    #expect(built.status == 0, "\(built.error)")
    #expect(built.output.hasPrefix("Built the index: read "))
    let again = try await kernel.run("index", "build", environment: environment)
    #expect(again.output.hasPrefix("The index is there."))
    let status = try await kernel.run("index", "status", environment: environment)
    #expect(status.output.contains("whole tree"))
    #expect(status.output.contains(cache.path))
    // From elsewhere, as git's -C.
    let elsewhere = try await ProgramUnderTest.run(
      ["index", "status", "-C", kernel.path], in: cache.path, environment: environment)
    #expect(elsewhere.output == status.output)
    let wrong = try await kernel.run("index", "status", "-C", "no", environment: environment)
    #expect(wrong.status == 2)
    let cleared = try await kernel.run(
      "index", "clear", "-C", kernel.path, environment: environment)
    #expect(cleared.output == "Removed 1 file.\n")
    let none = try await kernel.run("index", "status", environment: environment)
    #expect(none.output.hasPrefix("There is no index."))
  }

  @Test func ranksWhatAFunctionRepeatsInTheWholeTree() async throws {
    let kernel = try await kernel()
    let cache = try TemporaryFolder()
    let outcome = try await kernel.run(
      "similar", "net/lake/lake.c:lake_drain", "--format", "json",
      environment: ["XDG_CACHE_HOME": cache.path])
    #expect(outcome.status == 0, "\(outcome.error)")
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let query = try #require(answer["query"] as? [String: Any])
    #expect(query["function"] as? String == "lake_drain")
    #expect(query["line"] as? Int == 1)
    let first = try #require((answer["matches"] as? [[String: Any]])?.first)
    #expect(first["function"] as? String == "brook_drain")
    #expect(first["file"] as? String == "drivers/brook/drain.c")
    #expect(first["verdict"] as? String == "duplicate")
    #expect(first["containment"] as? Double == 1)
    let text = try await kernel.run(
      "similar", "net/lake/lake.c:lake_drain", environment: ["XDG_CACHE_HOME": cache.path])
    #expect(text.output.contains("100%  duplicate  brook_drain() drivers/brook/drain.c:1"))
  }

  @Test(arguments: [
    (["similar", "lake.c"], "FILE:FUNCTION"), (["similar", "net/no.c:f"], "has no file"),
    (["similar", "net/lake/lake.c:nothing"], "defines no function"),
    (["similar", "--rev", "nosuch", "net/lake/lake.c:lake_drain"], "nosuch"),
  ])
  func whatIsNotThereIsSaid(arguments: [String], sentence: String) async throws {
    let kernel = try await kernel()
    let cache = try TemporaryFolder()
    let outcome = try await ProgramUnderTest.run(
      arguments, in: kernel.path, environment: ["XDG_CACHE_HOME": cache.path])
    #expect(outcome.status == 2)
    #expect(outcome.error.contains(sentence), "\(outcome.error)")
  }
}
