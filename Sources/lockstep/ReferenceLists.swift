import ExportCheck
import Findings
import Foundation

/// The lists from outside that exports are compared with.
struct ReferenceLists {
  private(set) var symvers: ModuleSymvers?
  private var kmi: SymbolList?
  private var symversPath = ""
  private var kmiPath = ""

  /// Reads the files that the user names, either of which may be missing.
  init(symvers: String?, kmiList: String?) throws {
    if let symvers {
      symversPath = symvers
      self.symvers = try ModuleSymvers(Self.text(symvers), file: symvers)
    }
    if let kmiList {
      kmiPath = kmiList
      kmi = try SymbolList(Self.text(kmiList), file: kmiList)
    }
  }

  private static func text(_ path: String) throws(UsageError) -> String {
    do {
      return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    } catch {
      throw UsageError("cannot read '\(path)': \(error.localizedDescription)")
    }
  }

  /// Lines that were passed over, as sentences.
  var faults: [String] { ((symvers?.faults ?? []) + (kmi?.faults ?? [])).map(\.description) }

  /// What is different between a whole tree's ledger and the lists.
  func findings(about ledger: Ledger) -> [Finding] {
    let missing = kmi.map {
      LedgerAudit(ledger, against: $0).findings(in: kmiPath, missing: .error)
    }
    return symversFindings(about: ledger) + (missing ?? [])
  }

  /// What is different between a whole tree's ledger and the build.
  func symversFindings(about ledger: Ledger) -> [Finding] {
    symvers.map {
      LedgerAudit(ledger, against: $0).findings(in: symversPath, missing: .info)
    } ?? []
  }

  /// Findings that touch a symbol that must stay, as errors.
  func raising(_ findings: [Finding]) -> [Finding] { kmi?.raising(findings) ?? findings }
}
