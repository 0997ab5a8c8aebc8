internal import Findings
internal import Foundation

/// SARIF 2.1.0, one run a commit, since a run names one revision.
///
/// What was there before the range is in the run of its base; the index, the work tree and plain
/// files have a run without a revision.
struct SARIFReport: Renderer {
  let options: ReportOptions

  func render(_ result: ReviewResult) throws -> String {
    let all = result.findings + result.suppressed.map(\.finding)
    let types = Set(all.map(\.type)).sorted()
    var runs = result.range.commits.map { commit in
      run(
        result, types, revision: commit.oid,
        findings: result.findings.filter { $0.commit == commit.oid && !$0.preexisting },
        coverage: result.coverage.filter { $0.commit == commit.oid })
    }
    let isLoose = result.suppressed.contains { $0.finding.commit == nil }
    let loose = result.findings.filter { $0.commit == nil && !$0.preexisting }
    let looseCoverage = result.coverage.filter { $0.commit == nil }
    if !loose.isEmpty || isLoose || !looseCoverage.isEmpty || runs.isEmpty {
      runs.append(run(result, types, revision: nil, findings: loose, coverage: looseCoverage))
    }
    let old = result.findings.filter(\.preexisting)
    if !old.isEmpty {
      runs.insert(
        run(result, types, revision: result.range.base, findings: old, coverage: []), at: 0)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(SARIFLog(runs: runs)), as: UTF8.self) + "\n"
  }

  private func run(
    _ result: ReviewResult, _ types: [FindingType], revision: String?, findings: [Finding],
    coverage: [Coverage]
  ) -> SARIFRun {
    let lost = coverage.filter(\.incomplete)
    return SARIFRun(
      tool: .init(
        driver: .init(
          name: result.tool.name, version: result.tool.version, rules: types.map(rule))),
      automationDetails: .init(id: "lockstep/\(revision ?? "files")"),
      versionControlProvenance: revision.map { [.init(revisionId: $0)] },
      invocations: [
        .init(
          executionSuccessful: lost.isEmpty, toolExecutionNotifications: lost.flatMap(notifications)
        )
      ],
      results: findings.map { finding in
        SARIFResult(finding, ruleIndex: types.firstIndex(of: finding.type) ?? 0)
      }
        + result.suppressed.filter { $0.finding.commit == revision && !$0.finding.preexisting }
        .map { SARIFResult($0, ruleIndex: types.firstIndex(of: $0.finding.type) ?? 0) })
  }

  private func rule(_ type: FindingType) -> SARIFRun.Rule {
    .init(
      id: type.rawValue, shortDescription: SARIFText(options.summary(type)),
      defaultConfiguration: .init(level: SARIFResult.level(type.severity)),
      properties: .init(tags: [type.area.rawValue]))
  }

  /// What could not be analysed, since a SARIF log without results looks clean.
  private func notifications(_ entry: Coverage) -> [SARIFRun.Notification] {
    if entry.functions.isEmpty {
      return [notification(entry.file, 0, "not analysed: \(entry.reason)")]
    }
    return entry.functions.map {
      notification(entry.file, $0.line, "\($0.function)() not analysed: \($0.reason)")
    }
  }

  private func notification(_ file: String, _ line: Int, _ text: String) -> SARIFRun.Notification {
    .init(
      level: "error", message: SARIFText(text), locations: [SARIFLocation(file: file, line: line)])
  }
}
