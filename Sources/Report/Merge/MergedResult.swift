public import Findings

/// One result out of those of `--shard I/N` runs.
public struct MergedResult {
  public let result: ReviewResult

  /// Puts results together; a finding that two of them have counts once.
  ///
  /// - Parameter parts: at least one, with the names to say which does not fit.
  /// - Throws: `MergeError.different`.
  public init(_ parts: [(name: String, result: ReviewResult)]) throws(MergeError) {
    var merged = parts[0].result
    for (name, part) in parts.dropFirst() {
      guard part.range == merged.range else { throw .different(name: name) }
      merged.coverage += part.coverage.filter { !merged.coverage.contains($0) }
      merged.findings += part.findings.filter { !merged.findings.contains($0) }
      merged.notes += part.notes.filter { !merged.notes.contains($0) }
      merged.suppressed += part.suppressed.filter { !merged.suppressed.contains($0) }
    }
    merged.sortFindings()
    let order = merged.range.commits.map(\.oid)
    func place(_ entry: Coverage) -> (Int, String) {
      (entry.commit.flatMap { order.firstIndex(of: $0) } ?? order.count, entry.file)
    }
    merged.coverage.sort { place($0) < place($1) }
    result = merged
  }
}
