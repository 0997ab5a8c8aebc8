import Findings
import Foundation
import ProgramUnderTest
import Testing

/// Random exports removed, added, moved, renamed, re-licensed and re-namespaced in the real kernel:
/// that is told, and nothing else.
///
/// `LOCKSTEP_EXPORT_EDITS` says how many; `make bench` takes 200. With `LOCKSTEP_EXPORT_CHECKS=all`
/// every check looks at them, and is to say no more.
@Suite(.enabled(if: KernelClone.source != nil, KernelClone.hint))
struct EditedExportSeriesTests {
  private static let count =
    ProcessInfo.processInfo.environment["LOCKSTEP_EXPORT_EDITS"].flatMap(Int.init) ?? 12

  private static let checks =
    ProcessInfo.processInfo.environment["LOCKSTEP_EXPORT_CHECKS"] == "all"
    ? [] : ["--only", "exports"]
  /// Seconds that one commit may take on a machine that has nothing else to do.
  private static let wanted = 0.5

  @Test func everyEditIsToldAndNothingElse() async throws {
    let clone = try await KernelClone()
    let edits = try await EditedExports(Self.count, in: clone, seed: 20_261_124)
    let folder = try TemporaryFolder()
    let environment = ["XDG_CACHE_HOME": folder.path]
    let built = try await ProgramUnderTest.run(
      ["index", "build"], in: clone.path, environment: environment)
    #expect(built.status == 0, "\(built.error)")
    var seconds: [Double] = []
    var told = 0
    for item in edits.cases {
      let start = ContinuousClock.now
      let outcome = try await ProgramUnderTest.run(
        ["check", item.commit, "--format", "json"] + Self.checks, in: clone.path,
        environment: environment)
      let time = (ContinuousClock.now - start) / .seconds(1)
      seconds.append(time)
      if time > 2 * Self.wanted {
        print("  \(item.edit) \(item.symbol): \(String(format: "%.2f", time)) s")
      }
      let result = try JSONDecoder().decode(ReviewResult.self, from: Data(outcome.output.utf8))
      let found = Set(result.findings.map(Self.spoken)).subtracting(item.allowed).sorted()
      if found == item.expected {
        told += 1
      } else {
        Issue.record("\(item.edit) \(item.symbol): \(found), expected \(item.expected)")
      }
    }
    seconds.sort()
    print(
      "edited exports: \(told) of \(edits.cases.count) told right and nothing else said, "
        + "wanted \(Self.wanted) s, median \(String(format: "%.2f", seconds[seconds.count / 2])) s a commit, "
        + "longest \(String(format: "%.2f", seconds.last ?? 0)) s")
    #expect(told == Self.count)
  }

  private static func spoken(_ finding: Finding) -> String {
    guard case .string(let symbol)? = finding.data["symbol"] else { return finding.type.rawValue }
    return "\(finding.type.rawValue) \(symbol)"
  }
}
