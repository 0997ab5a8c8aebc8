import ArgumentParser
import Findings

/// What the program's exit code says, by the numbers that scripts rely on.
enum ReviewStatus: Int32 {
  case clean = 0
  /// There is a finding at or above `--fail-on`.
  case findings = 1
  /// Wrong usage, no repository, a bad range, unreadable input.
  case failure = 2
  /// Something that was asked for could not be analysed.
  case incomplete = 3

  /// The status of a review; findings win over what could not be analysed.
  init(_ result: ReviewResult, failOn: FailureThreshold) {
    let limit = failOn.severity
    if let limit, result.counted.contains(where: { $0.severity >= limit }) {
      self = .findings
    } else {
      self = result.isIncomplete ? .incomplete : .clean
    }
  }

  var code: ExitCode { ExitCode(rawValue) }
}

/// From which severity on findings make the program fail.
enum FailureThreshold: String, CaseIterable, ExpressibleByArgument {
  case error
  case warning
  case info
  case never

  /// Nil for never.
  var severity: Severity? {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .info
    case .never: nil
    }
  }
}
