extension ReviewResult {
  /// Brings findings into the order of a report: by commit, file, line, type.
  public mutating func sortFindings() { findings.sort(by: Finding.comesBefore) }
}

extension Finding {
  /// The order of a report; what was there before the range comes last.
  public static func comesBefore(_ a: Finding, _ b: Finding) -> Bool {
    let left = (a.preexisting ? Int.max : a.patch ?? 0, a.file, a.line, a.type.rawValue)
    let right = (b.preexisting ? Int.max : b.patch ?? 0, b.file, b.line, b.type.rawValue)
    return left == right ? (a.column, a.message) < (b.column, b.message) : left < right
  }
}
