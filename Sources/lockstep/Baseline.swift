import Findings
import Foundation

/// Findings that somebody has accepted, out of a report that was saved as JSON.
struct Baseline {
  private let file: String
  /// How often each fingerprint is accepted.
  private let accepted: [String: Int]

  /// - Throws: `UsageError` for a file that cannot be read, `MergeError` for one that is no report.
  init(file: String) throws {
    self.file = file
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: file))
    } catch {
      throw UsageError(
        "cannot read the baseline '\(file)': \(error.localizedDescription); make one with: "
          + "lockstep check --format json -o '\(file)'")
    }
    let result = try SavedReport(data, named: file).result
    accepted = (result.findings + result.suppressed.filter { $0.kind == .external }.map(\.finding))
      .reduce(into: [:]) { $0[$1.fingerprint, default: 0] += 1 }
  }

  /// Sets apart what is accepted, as often as it is, and says what of it is gone.
  func apply(to result: inout ReviewResult) {
    var left = accepted
    let file = file
    var taken: [ReviewResult.Suppressed] = []
    result.findings.removeAll { finding in
      guard let count = left[finding.fingerprint], count > 0 else { return false }
      left[finding.fingerprint] = count - 1
      taken.append(.init(finding: finding, kind: .external, reason: "in the baseline \(file)"))
      return true
    }
    result.suppressed += taken
    let gone = left.values.reduce(0, +)
    if gone > 0 {
      result.notes.append(
        .init(
          message: "\(gone) finding\(gone == 1 ? "" : "s") of the baseline \(file) "
            + "\(gone == 1 ? "is" : "are") not found here; save it anew to forget them"))
    }
  }
}
