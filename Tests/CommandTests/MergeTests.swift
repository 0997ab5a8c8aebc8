import DemoSeries
import Findings
import Foundation
import ProgramUnderTest
import Testing

/// Reports of parts, and what other programs make of SARIF.
@Suite struct MergeTests {
  private let kernel: MiniatureKernel

  init() throws {
    kernel = try MiniatureKernel()
    for patch in ExampleSeries.brook.patches {
      try kernel.commit(bytes: patch.files.mapValues { Array($0.utf8) }, patch.message)
    }
  }

  private func report(_ format: String, _ words: String...) async throws -> String {
    let file =
      kernel.folder.path + "/" + (["report", format] + words).joined().filter(\.isLetterOrNumber)
    _ = try await ProgramUnderTest.run(
      ["check", "\(kernel.base)..HEAD", "--format", format, "-o", file] + words, in: kernel.path,
      environment: ["XDG_CACHE_HOME": kernel.folder.path + "/cache"])
    return file
  }

  @Test func shardsOfJSONGiveTheWhole() async throws {
    let whole = try await report("json")
    let parts = [
      try await report("json", "--shard", "1/3"), try await report("json", "--shard", "2/3"),
      try await report("json", "--shard", "3/3"),
    ]
    let merged = try await ProgramUnderTest.run(["merge"] + parts)
    #expect(merged.status == 1)
    #expect(merged.output == (try String(contentsOfFile: whole, encoding: .utf8)))
    let text = try await ProgramUnderTest.run(["merge", "--format", "terse"] + parts)
    #expect(text.output.contains("LOCK_HELD_AT_RETURN"))
    // No part has everything.
    for part in parts {
      #expect(try Data(contentsOf: URL(filePath: part)).count < merged.output.utf8.count)
    }
  }

  @Test func shardsOfSARIFGiveTheWhole() async throws {
    let whole = try await report("sarif")
    let parts = [
      try await report("sarif", "--shard", "1/2"), try await report("sarif", "--shard", "2/2"),
    ]
    let merged = try await ProgramUnderTest.run(["merge"] + parts)
    func findings(_ data: Data) throws -> [[String]] {
      let log = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let runs = try #require(log["runs"] as? [[String: Any]])
      #expect(runs.count == 4)
      return try runs.map { run in
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]]).map { $0["id"] as? String }
        return try #require(run["results"] as? [[String: Any]]).map { result in
          let index = try #require(result["ruleIndex"] as? Int)
          #expect(rules[index] == result["ruleId"] as? String)
          return "\(result["ruleId"] ?? "") \(result["partialFingerprints"] ?? "")"
        }.sorted()
      }
    }
    #expect(
      try findings(Data(merged.output.utf8)) == findings(Data(contentsOf: URL(filePath: whole))))
  }

  @Test func whatDoesNotFitIsSaid() async throws {
    let json = try await report("json")
    let other = kernel.folder.path + "/other"
    _ = try await kernel.run("check", "HEAD", "--format", "json", "-o", other)
    let mixed = try await ProgramUnderTest.run(["merge", json, try await report("sarif")])
    #expect(mixed.status == 2 && mixed.error.contains("cannot be put together"))
    let different = try await ProgramUnderTest.run(["merge", json, other])
    #expect(different.status == 2 && different.error.contains("another range"))
    let none = try await ProgramUnderTest.run(["merge", kernel.path + "/Makefile"])
    #expect(none.status == 2 && none.error.contains("no JSON or SARIF report"))
    #expect(try await ProgramUnderTest.run(["merge", "/nosuch"]).status == 2)
  }

  /// Models from the published schema, and a reader of such logs.
  @Test(.enabled(if: Tools.python("sarif") != nil)) func othersReadTheSARIF() async throws {
    let file = try await report("sarif")
    let python = try #require(Tools.python("python3"))
    let script = """
      import sys
      from pydantic_sarif import model
      log = model.StaticAnalysisResultsFormatSarifVersion210JsonSchema
      print(len(log.model_validate_json(open(sys.argv[1]).read()).runs))
      """
    let valid = try await ProgramUnderTest.run(program: python, ["-c", script, file])
    #expect(valid.output == "4\n", "\(valid.error)")
    let summary = try await ProgramUnderTest.run(
      program: try #require(Tools.python("sarif")), ["summary", file])
    #expect(summary.status == 0, "\(summary.error)")
    #expect(summary.output.contains("LOCK_HELD_AT_RETURN"), "\(summary.output)")
  }
}

extension Character {
  fileprivate var isLetterOrNumber: Bool { isLetter || isNumber }
}
