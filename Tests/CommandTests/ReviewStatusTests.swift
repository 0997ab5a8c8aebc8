import Findings
import Testing

@testable import lockstep

@Suite struct ReviewStatusTests {
  private func result(
    _ severities: [Severity], incomplete: Bool = false,
    _ change: (inout Finding) -> Void = { _ in }
  ) -> ReviewResult {
    ReviewResult(
      coverage: [Coverage(commit: nil, file: "a.c", status: .parsed, incomplete: incomplete)],
      findings: severities.map { severity in
        var finding = Finding(
          type: .lockNotHeld, severity: severity, file: "a.c", line: 1, message: "m",
          fingerprint: Fingerprint(.lockNotHeld, []))
        change(&finding)
        return finding
      })
  }

  @Test(
    arguments: [
      ([], FailureThreshold.warning, ReviewStatus.clean),
      ([.info], .warning, .clean),
      ([.warning], .warning, .findings),
      ([.error], .warning, .findings),
      ([.warning], .error, .clean),
      ([.error], .error, .findings),
      ([.info], .info, .findings),
      ([.error], .never, .clean),
    ] as [([Severity], FailureThreshold, ReviewStatus)])
  func findingsCountFromTheThresholdOn(
    severities: [Severity], failOn: FailureThreshold, status: ReviewStatus
  ) {
    #expect(ReviewStatus(result(severities), failOn: failOn) == status)
  }

  @Test func whatIsLostIsNeverClean() {
    #expect(ReviewStatus(result([], incomplete: true), failOn: .never) == .incomplete)
    #expect(ReviewStatus(result([.info], incomplete: true), failOn: .warning) == .incomplete)
  }

  @Test func findingsWinOverWhatIsLost() {
    #expect(ReviewStatus(result([.error], incomplete: true), failOn: .warning) == .findings)
  }

  @Test func whatWasThereOrIsRepairedDoesNotCount() {
    #expect(ReviewStatus(result([.error]) { $0.preexisting = true }, failOn: .info) == .clean)
    #expect(ReviewStatus(result([.error]) { $0.fixedIn = "c" }, failOn: .info) == .clean)
  }
}
