internal import Findings

/// One finding through the patches of the series.
struct HTMLMatrixRow {
  struct Cell {
    var state: String
    var label: String
  }

  var id: String
  var type: String
  var severity: String
  var place: String
  var cells: [Cell]

  init(_ view: HTMLFinding, _ finding: Finding, range: ReviewResult.Range) {
    (id, type, severity, place) = (view.id, view.type, view.severity, view.place)
    let born = range.commits.firstIndex { $0.oid == finding.commit }
    let fixed = range.commits.firstIndex { $0.oid == finding.fixedIn }
    // Remarks on what a patch does are events; a fault stays until a patch takes it away.
    let isEvent = finding.severity == .info || finding.type == .bisectBreak
    cells = range.commits.indices.map { index in
      if finding.preexisting { return Cell(state: "there", label: "was there") }
      guard let born, index >= born else { return Cell(state: "", label: "") }
      if index == born {
        return Cell(
          state: finding.severity == .info ? "event" : "born", label: isEvent ? "here" : "born")
      }
      if let fixed, index == fixed { return Cell(state: "fixed", label: "fixed") }
      if isEvent || (fixed.map { index > $0 } ?? false) { return Cell(state: "", label: "") }
      return Cell(state: "there", label: "there")
    }
  }
}

/// What happens to one symbol that others can see.
struct HTMLLedgerRow {
  var id: String
  var symbol: String
  var type: String
  var patch: String
  var users: String
  var place: String

  /// Nil for findings that are not about such a symbol.
  init?(_ view: HTMLFinding, _ finding: Finding) {
    guard finding.type.area == .exports, case .string(let symbol)? = finding.data["symbol"] else {
      return nil
    }
    id = view.id
    self.symbol = symbol.visible()
    type = finding.type.rawValue
    patch = finding.patch.map(String.init) ?? ""
    users = if case .integer(let count)? = finding.data["users"] { String(count) } else { "" }
    place = view.place
  }
}

/// How far one file of one patch was understood.
struct HTMLCoverageRow {
  var patch: String
  var file: String
  var state: String
  var functions: String
  var remark: String

  init(_ entry: Coverage, range: ReviewResult.Range) {
    patch = range.commits.first { $0.oid == entry.commit }.map { String($0.patch) } ?? ""
    file = entry.file.visible()
    state = entry.incomplete ? "not whole" : entry.status.rawValue
    functions = "\(entry.analysed) of \(entry.touched)"
    var remarks = [entry.reason] + entry.functions.map { "\($0.function)(): \($0.reason)" }
    remarks += entry.inactive.map {
      "lines \($0.lowerBound) to \($0.upperBound) are left out by #if"
    }
    remarks.append(entry.config)
    remark = remarks.filter { !$0.isEmpty }.joined(separator: "; ").visible()
  }
}
