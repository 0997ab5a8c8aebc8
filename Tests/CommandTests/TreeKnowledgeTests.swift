import Findings
import Foundation
import ProgramUnderTest
import Testing

/// Where `check` looks for what a change does to the rest of the tree, and what it says of that.
@Suite struct TreeKnowledgeTests {
  /// More source files than `check` indexes in passing.
  private static let many = 1600

  private func largeKernel() throws -> MiniatureKernel {
    let kernel = try MiniatureKernel()
    var files = ["drivers/brook/drain.c": MiniatureKernel.drain]
    for number in 0..<Self.many {
      files["lib/filler/f\(number).c"] = "int filler_\(number)(void)\n{\n\treturn \(number);\n}\n"
    }
    try kernel.commit(files)
    return kernel
  }

  private func check(_ kernel: MiniatureKernel) async throws -> (ReviewResult, String) {
    let outcome = try await kernel.run(
      "check", "-1", "--only", "duplicates,exports", "--format", "json", "--fail-on", "never")
    #expect(outcome.status == 0, "\(outcome.error)")
    return (try outcome.result(), outcome.error)
  }

  @Test func withoutAnIndexALargeTreeIsKnownByFoldersAndThatIsSaid() async throws {
    let kernel = try largeKernel()
    try kernel.commit(["net/lake/lake.c": MiniatureKernel.drain.replacing("brook", with: "lake")])
    let (before, said) = try await check(kernel)
    #expect(before.findings.allSatisfy { $0.type != .duplicateFunction })
    #expect(said.contains("'lockstep index build'"))
    #expect(before.notes.count == 1)

    let built = try await kernel.run("index", "build")
    #expect(built.status == 0, "\(built.error)")
    let (after, _) = try await check(kernel)
    #expect(
      after.findings.contains { $0.type == .duplicateFunction && $0.function == "lake_drain" })
    #expect(after.notes.isEmpty)
  }

  @Test func aChangedExportIsWorthAnIndexOfTheWholeTree() async throws {
    let kernel = try largeKernel()
    try kernel.commit([
      "drivers/brook/drain.c": MiniatureKernel.drain + "EXPORT_SYMBOL_GPL(brook_drain);\n"
    ])
    let (first, said) = try await check(kernel)
    #expect(first.findings.contains { $0.type == .exportNoUser })
    #expect(said.contains("brook_drain"))
    let (second, _) = try await check(kernel)
    #expect(second.findings == first.findings)
    #expect(second.notes.isEmpty)
  }

  @Test func withABudgetNobodyWaitsForAnIndex() async throws {
    let kernel = try largeKernel()
    try kernel.commit([
      "drivers/brook/drain.c": MiniatureKernel.drain + "EXPORT_SYMBOL_GPL(brook_drain);\n"
    ])
    let outcome = try await kernel.run(
      "check", "-1", "--only", "exports", "--budget", "20", "--format", "json", "--fail-on",
      "never")
    #expect(outcome.error.contains("'lockstep index build'"))
    let status = try await kernel.run("index", "status")
    #expect(status.output.hasPrefix("There is no index."))
  }

  @Test func aSmallTreeIsKnownWhole() async throws {
    let kernel = try MiniatureKernel()
    try kernel.commit(["drivers/brook/drain.c": MiniatureKernel.drain])
    try kernel.commit(["net/lake/lake.c": MiniatureKernel.drain.replacing("brook", with: "lake")])
    let (result, _) = try await check(kernel)
    #expect(result.findings.contains { $0.type == .duplicateFunction })
    #expect(result.notes.isEmpty)
  }
}
