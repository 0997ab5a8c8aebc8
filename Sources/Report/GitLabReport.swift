internal import Findings
internal import Foundation

/// The code quality report that GitLab shows in a merge request (a subset of Code Climate's).
struct GitLabReport: Renderer {
  private struct Issue: Encodable {
    struct Location: Encodable {
      var path: String
      var lines: Lines
    }

    struct Lines: Encodable {
      var begin: Int
    }

    var description: String
    var check_name: String
    var fingerprint: String
    var severity: String
    var location: Location
  }

  func render(_ result: ReviewResult) throws -> String {
    // GitLab shows one of those that share a fingerprint.
    var seen: [String: Int] = [:]
    let issues = result.findings.map { finding in
      seen[finding.fingerprint, default: 0] += 1
      let number = seen[finding.fingerprint] ?? 1
      return Issue(
        description: finding.message.visible(), check_name: finding.type.rawValue,
        fingerprint: finding.fingerprint + (number > 1 ? "-\(number)" : ""),
        severity: Self.severity(finding.severity),
        location: .init(path: finding.file, lines: .init(begin: finding.line)))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(issues), as: UTF8.self) + "\n"
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: "critical"
    case .warning: "minor"
    case .info: "info"
    }
  }
}
