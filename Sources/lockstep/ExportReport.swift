import ExportCheck
import Findings
import Foundation
import Report

/// What `lockstep exports` prints, as a table or as JSON.
///
/// The JSON of a range is that of `lockstep check` with one more key, `changes`; that of a commit
/// has `commit`, `entries` and `notes` beside `tool` and `findings`.
struct ExportReport {
  private enum Content {
    case ledger(Ledger, commit: String?)
    case effect(ReviewResult, [LedgerDifference.Change])
  }
  private let content: Content
  let findings: [Finding]

  init(_ ledger: Ledger, of commit: String?, findings: [Finding]) {
    content = .ledger(ledger, commit: commit)
    self.findings = findings
  }

  init(_ result: ReviewResult, changes: [LedgerDifference.Change]) {
    content = .effect(result, changes)
    findings = result.findings
  }

  var coverage: [Coverage] {
    switch content {
    case .ledger: []
    case .effect(let result, _): result.coverage
    }
  }

  /// Remarks for standard error.
  var remarks: [String] {
    switch content {
    case .ledger(let ledger, _): ledger.notes.map { "\($0.file):\($0.line): \($0.message)" }
    case .effect(let result, _): result.notes.map(\.message)
    }
  }

  var text: String {
    let table =
      switch content {
      case .ledger(let ledger, _): LedgerTable(ledger).text
      case .effect(_, let changes): changes.isEmpty ? "" : LedgerTable(changes).text
      }
    let lines = findings.map { finding in
      "\(finding.file.visible()):\(finding.line): \(finding.severity.rawValue): "
        + "\(finding.type.rawValue): \(finding.message.visible())\n"
    }
    return table.visibleLines + (table.isEmpty || lines.isEmpty ? "" : "\n") + lines.joined()
  }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(Document(report: self)), as: UTF8.self) + "\n"
    }
  }

  private struct Document: Encodable {
    var report: ExportReport

    private enum Key: CodingKey {
      case tool, commit, entries, notes, findings, changes
    }

    func encode(to encoder: any Encoder) throws {
      switch report.content {
      case .ledger(let ledger, let commit):
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(ReviewResult.Tool.current, forKey: .tool)
        try container.encode(commit, forKey: .commit)
        try container.encode(ledger.entries, forKey: .entries)
        try container.encode(ledger.notes, forKey: .notes)
        try container.encode(report.findings, forKey: .findings)
      case .effect(let result, let changes):
        try result.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(changes, forKey: .changes)
      }
    }
  }
}

extension String {
  /// Line by line without control characters.
  fileprivate var visibleLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { $0.visible() }
      .joined(separator: "\n")
  }
}
