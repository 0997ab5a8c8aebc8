internal import CSyntax

/// A run of one function's tokens that stands, but for names, inside another function.
struct RepeatedRun: Sendable {
  let new: Subject
  let old: Subject
  /// First and last line, in the new and in the old function.
  let newLines: ClosedRange<Int>
  let oldLines: ClosedRange<Int>
  /// How many tokens are common.
  let count: Int
  /// How many of them end a statement.
  let statements: Int
  /// Weights of the different rare names in common, summed.
  let evidence: Double
  /// Share of the aligned locals that follow one renaming.
  let consistency: Double

  /// So many tokens in a row may differ within a run.
  private static let gap = 3

  /// The longest run that tokens `range` of `new` and all of `old` have in common; nil for none.
  init?(_ new: Subject, _ range: Range<Int>, _ old: Subject, rarity: Rarity) {
    let renaming = Renaming(new, old)
    let a = range.map { renaming.meaningOfNew($0, new) }
    let b = old.form.tokens.indices.map { renaming.meaningOfOld($0, old) }
    let pairs = Alignment(a, b).partners.enumerated().compactMap { index, partner in
      partner < 0 ? nil : (new: range.lowerBound + index, old: Int(partner))
    }
    guard let run = Self.longest(pairs), let first = run.first, let last = run.last else {
      return nil
    }
    self.new = new
    self.old = old
    newLines = new.line(first.new)...max(new.line(first.new), new.line(last.new))
    oldLines = old.line(first.old)...max(old.line(first.old), old.line(last.old))
    count = run.count
    var statements = 0
    var evidence: Float = 0
    var seen: Set<UInt32> = []
    var votes: [UInt16: [UInt16: Int]] = [:]
    var locals = 0
    for pair in run {
      let (token, partner) = (new.form.tokens[pair.new], old.form.tokens[pair.old])
      if TokenKind(rawValue: token.shape) == .semicolon { statements += 1 }
      let weight = rarity.weight(pair.new, new)
      if weight > 0.3, token.role != .string, seen.insert(token.exact).inserted {
        evidence += weight
      }
      if token.role == .local, partner.role == .local {
        votes[token.slot, default: [:]][partner.slot, default: 0] += 1
        locals += 1
      }
    }
    self.statements = statements
    self.evidence = Double(evidence)
    let agreeing = votes.values.reduce(0) { $0 + ($1.values.max() ?? 0) }
    consistency = locals == 0 ? 1 : Double(agreeing) / Double(locals)
  }

  private static func longest(_ pairs: [(new: Int, old: Int)]) -> ArraySlice<(new: Int, old: Int)>?
  {
    var best = pairs[0..<0]
    var start = 0
    for index in pairs.indices {
      if index > 0,
        pairs[index].new - pairs[index - 1].new > gap + 1
          || pairs[index].old - pairs[index - 1].old > gap + 1
      {
        start = index
      }
      if index + 1 - start > best.count { best = pairs[start...index] }
    }
    return best.isEmpty ? nil : best
  }
}
