import Findings
import Testing

@testable import SeriesCheck

/// Lines followed from the patch that adds them to the one that takes them away.
@Suite struct RewriteTests {
  private func words(_ range: ClosedRange<Int>, _ name: String = "line") -> [String] {
    range.map { "\t\(name)_\($0)();" }
  }

  /// A step from one text to the other, compared by the standard library.
  private func step(
    _ old: [String]?, _ new: [String]?, from: String = "a.c", to: String = "a.c"
  ) -> Rewrites.Step {
    let (before, after) = (old ?? [], new ?? [])
    let difference = after.difference(from: before)
    var gone: Set<Int> = []
    var come: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): come.insert(offset)
      }
    }
    var hunks: [(ClosedRange<Int>?, ClosedRange<Int>?)] = []
    var (left, right) = (0, 0)
    while left < before.count || right < after.count {
      let (start, begin) = (left, right)
      while gone.contains(left) { left += 1 }
      while come.contains(right) { right += 1 }
      if left > start || right > begin {
        hunks.append(
          (left > start ? start + 1...left : nil, right > begin ? begin + 1...right : nil))
      } else {
        (left, right) = (left + 1, right + 1)
      }
    }
    return .init(
      oldPath: old.map { _ in from }, newPath: new.map { _ in to }, old: before, new: after,
      hunks: hunks)
  }

  private func found(_ patches: [Rewrites.Step]...) -> [Rewrite] {
    var rewrites = Rewrites()
    for patch in patches { rewrites.add(patch) }
    return rewrites.found
  }

  @Test func mostLinesGo() {
    let base = words(1...5, "base")
    let first = base + words(1...12)
    let second = base + words(1...4) + words(5...12, "better")
    #expect(
      found([step(base, first)], [step(first, second)]) == [
        Rewrite(
          earlier: 0, later: 1, added: .init(path: "a.c", line: 10),
          removed: .init(path: "a.c", line: 10), lines: 8, size: 12)
      ])
  }

  @Test func halfOfThemIsNotMost() {
    let first = words(1...12)
    let second = words(1...6) + words(7...12, "better")
    #expect(found([step([], first)], [step(first, second)]).isEmpty)
  }

  @Test func whatTheBaseHadIsNobodysRewrite() {
    let base = words(1...40, "base")
    let first = base + words(1...12)
    let second = words(1...40, "new") + words(1...12)
    #expect(found([step(base, first)], [step(first, second)]).isEmpty)
  }

  /// Patches in between move the lines, and one renames the file.
  @Test func linesAreFollowedThroughOtherPatches() {
    let base = words(1...5, "base")
    let first = base + words(1...12)
    let moved = words(1...30, "above") + first
    let last = words(1...30, "above") + base
    #expect(
      found(
        [step(base, first)], [step(first, moved)], [step(moved, moved, to: "b.c")],
        [step(moved, last, from: "b.c", to: "b.c")]
      ) == [
        Rewrite(
          earlier: 0, later: 3, added: .init(path: "a.c", line: 6),
          removed: .init(path: "b.c", line: 35), lines: 12, size: 12)
      ])
  }

  @Test func whatIsMovedOrIndentedStays() {
    let first = words(1...12)
    #expect(
      found([step([], first)], [step(first, nil), step(nil, first, to: "b.c")]).isEmpty)
    let deeper = ["if (x) {"] + first.map { "\t" + $0 } + ["}"]
    #expect(found([step([], first)], [step(first, deeper)]).isEmpty)
  }

  @Test func blankLinesAndBracesCountForNothing() {
    let first = words(1...9) + [String](repeating: "\t}", count: 40)
    #expect(found([step([], first)], [step(first, [])]).isEmpty)
    let longer = words(1...10) + [String](repeating: "", count: 40)
    #expect(found([step([], longer)], [step(longer, [])]).map(\.size) == [10])
  }

  /// Each of two patches takes a part: neither rewrites most.
  @Test func partsOfSeveralPatchesAreNotAddedUp() {
    let first = words(1...12)
    let second = words(1...6) + words(7...12, "better")
    let third = words(1...12, "better")
    #expect(found([step([], first)], [step(first, second)], [step(second, third)]).isEmpty)
  }

  @Test func theFindingNamesBoth() {
    let rewrite = Rewrite(
      earlier: 0, later: 1, added: .init(path: "a.c", line: 3),
      removed: .init(path: "b.c", line: 7), lines: 8, size: 12)
    let finding = rewrite.finding(
      .init(oid: "aaaa", subject: "one", patch: 1), .init(oid: "bbbb", subject: "two", patch: 2))
    #expect(finding.type == .seriesRewrite && finding.severity == .info)
    #expect(finding.message.hasPrefix("patch 2 (\"two\") rewrites 8 of the 12 lines that patch 1"))
    #expect(finding.remedy.hasSuffix("git commit --fixup=aaaa"))
    #expect(finding.data["rewrittenBy"] == .string("bbbb"))
    #expect(finding.related.map(\.file) == ["b.c"])
  }
}
