/// Puts hunks into a text where they fit exactly, also some lines away from where they say.
///
/// The rules are `git apply`'s: every line of context must be there, the place nearest to the one
/// expected wins, and a hunk without context on one side belongs to that end of the file.
struct HunkFitting {
  /// A hunk that fits nowhere.
  struct Misfit: Error, Equatable {
    /// From 1.
    let hunk: Int
    /// The line of the text, from 1, that differs first where the hunk was expected.
    let line: Int
    /// What the hunk wants there, and what is there; nil past the end.
    let wanted: [UInt8]?
    let present: [UInt8]?
  }

  private var lines: [ArraySlice<UInt8>]

  static func apply(_ hunks: [Patch.Hunk], to text: [UInt8]) throws(Misfit) -> [UInt8] {
    var fitting = HunkFitting(lines: PatchParser.lines(of: text))
    for (index, hunk) in hunks.enumerated() { try fitting.apply(hunk, number: index + 1) }
    return Array(fitting.lines.joined())
  }

  private mutating func apply(_ hunk: Patch.Hunk, number: Int) throws(Misfit) {
    let old = hunk.oldLines
    let hasContextBelow = hunk.lines.last?.kind == .context
    // The text has what earlier hunks made of it, so the new side's numbers count.
    let expected = max(hunk.newStart - 1, 0)
    let place: Int?
    if hunk.oldStart <= 1 {
      place = fits(old, at: 0) && (hasContextBelow || old.count == lines.count) ? 0 : nil
    } else if !hasContextBelow {
      let end = lines.count - old.count
      place = end >= 0 && fits(old, at: end) ? end : nil
    } else {
      place = nearest(to: expected, for: old)
    }
    guard let place else { throw misfit(old, at: expected, number: number) }
    lines.replaceSubrange(place..<(place + old.count), with: hunk.newLines.map { $0[...] })
  }

  private func nearest(to expected: Int, for old: [[UInt8]]) -> Int? {
    let last = lines.count - old.count
    guard last >= 0 else { return nil }
    let expected = min(expected, last)
    for distance in 0...lines.count {
      for place in [expected - distance, expected + distance] where (0...last).contains(place) {
        if fits(old, at: place) { return place }
      }
    }
    return nil
  }

  private func fits(_ old: [[UInt8]], at place: Int) -> Bool {
    guard place + old.count <= lines.count else { return false }
    return old.indices.allSatisfy { lines[place + $0].elementsEqual(old[$0]) }
  }

  private func misfit(_ old: [[UInt8]], at place: Int, number: Int) -> Misfit {
    let index = old.indices.first {
      place + $0 >= lines.count || !lines[place + $0].elementsEqual(old[$0])
    }
    let line = place + (index ?? old.count)
    return Misfit(
      hunk: number, line: line + 1, wanted: index.map { old[$0] },
      present: line < lines.count ? Array(lines[line]) : nil)
  }
}
