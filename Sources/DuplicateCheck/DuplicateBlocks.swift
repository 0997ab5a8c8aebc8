internal import BuiltinRules
internal import CSyntax
public import Findings

/// Finds added statements that repeat a run of statements inside another function.
public struct DuplicateBlocks: Check {
  public init() {}

  public var area: Area { .duplicates }
  public var frame: Frame { .sinceBase }
  public var needsParse: Bool { false }

  /// Added runs with fewer tokens than this are not looked up.
  private static let smallest = 60
  private static let leastStatements = 6
  private static let leastEvidence = 4.5
  /// What it takes where the two cannot easily share code.
  private static let farEvidence = 7.0
  private static let candidateLimit = 12

  public func findings(in change: Change, knowing tree: any TreeKnowledge) -> [Finding] {
    let functions = AddedFunctions(change)
    let judge = Judge(rarity: Rarity(.builtin, tree: tree))
    var files: [String: SubjectFile] = functions.after
    func old(_ place: FunctionPlace) -> Subject? {
      if files[place.file] == nil {
        files[place.file] = tree.text(of: place.file).map {
          SubjectFile(path: place.file, text: $0)
        }
      }
      return files[place.file]?.subject(named: place.name, line: place.line)
    }
    var findings: [Finding] = []
    for file in change.files {
      guard let version = file.after, let own = functions.after[version.path],
        !Judge.isTest(version.path)
      else { continue }
      for item in own.outline.functions {
        let subject = own.subject(item)
        for range in Self.addedRuns(of: subject, file.addedLines) {
          let lines = subject.line(range.lowerBound)...subject.line(range.upperBound - 1)
          let places = tree.similar(
            to: subject.name, lines: lines, in: version, limit: Self.candidateLimit)
          let runs = places.filter { $0.file != version.path || $0.name != subject.name }
            .filter { functions.existed($0.name, in: $0.file) && !Judge.isTest($0.file) }
            .compactMap(old).compactMap { other -> RepeatedRun? in
              Self.run(of: subject, range, in: other, judge)
            }
          guard let best = runs.max(by: Self.isWeaker),
            !Self.wasThere(best, range, functions, judge.rarity)
          else { continue }
          findings.append(Self.finding(best))
        }
      }
    }
    return findings
  }

  /// Runs of tokens of which every line is added.
  private static func addedRuns(of subject: Subject, _ lines: [ClosedRange<Int>]) -> [Range<Int>] {
    let added = lines.reduce(into: Set<Int>()) { $0.formUnion($1) }
    var runs: [Range<Int>] = []
    var start: Int?
    for index in 0...subject.count {
      if index < subject.count, added.contains(subject.line(index)) {
        start = start ?? index
      } else if let first = start {
        if index - first >= smallest { runs.append(first..<index) }
        start = nil
      }
    }
    return runs
  }

  private static func run(
    of subject: Subject, _ range: Range<Int>, in old: Subject, _ judge: Judge
  ) -> RepeatedRun? {
    guard let run = RepeatedRun(subject, range, old, rarity: judge.rarity),
      run.count >= smallest, run.statements >= leastStatements, run.consistency >= 0.9
    else { return nil }
    let isFar = Nearness(subject.path, old.path) < .folder
    guard run.evidence >= (isFar ? farEvidence : leastEvidence) else { return nil }
    // Whole functions are DUPLICATE_FUNCTION's, or no duplicates by its lights.
    if range.count == subject.count {
      let whole = Comparison(subject, old, rarity: judge.rarity)
      if judge.isCopy(whole) || whole.containment >= 0.75 { return nil }
    }
    return run
  }

  private static func isWeaker(_ a: RepeatedRun, _ b: RepeatedRun) -> Bool {
    a.count == b.count
      ? (b.old.path, b.old.line) < (a.old.path, a.old.line) : a.count < b.count
  }

  /// True when a function that the change touches had the run before: it was moved, not added.
  private static func wasThere(
    _ run: RepeatedRun, _ range: Range<Int>, _ functions: AddedFunctions, _ rarity: Rarity
  ) -> Bool {
    functions.before.contains { before in
      guard before.path != run.old.path || before.name != run.old.name,
        let there = RepeatedRun(run.new, range, before, rarity: rarity)
      else { return false }
      return there.count * 10 >= run.count * 9
    }
  }

  private static func finding(_ run: RepeatedRun) -> Finding {
    let (new, old) = (run.new, run.old)
    let place = "\(old.path):\(run.oldLines.lowerBound)"
    return Finding(
      type: .duplicateBlock, confidence: .medium, severity: .info, file: new.path,
      line: run.newLines.lowerBound, function: new.name,
      message:
        "\(run.statements) statements up to line \(run.newLines.upperBound) repeat what "
        + "`\(old.name)()` (\(place)) does.",
      remedy: "See whether a helper could hold them once.",
      fingerprint: Fingerprint(.duplicateBlock, [new.name, old.name]),
      related: [
        Finding.Related(
          file: old.path, line: run.oldLines.lowerBound, function: old.name,
          message: "the same statements, up to line \(run.oldLines.upperBound)")
      ],
      data: [
        "lines": .integer(run.newLines.count), "tokens": .integer(run.count),
        "statements": .integer(run.statements),
      ])
  }
}
