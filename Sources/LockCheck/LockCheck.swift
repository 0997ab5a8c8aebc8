public import BuiltinRules
public import CSyntax
public import Findings

/// Follows every path of a function and says where locks go wrong.
///
/// Path-sensitive by property simulation (Das, Lerner, Seigle: ESP, PLDI 2002); functions of the
/// same file and header inlines are seen through by summaries.
public struct LockCheck: Check {
  let rules: LockRules

  public init(rules: LockRules) { self.rules = rules }

  public var area: Area { .locks }
  public var frame: Frame { .version }
  public var needsParse: Bool { true }

  /// A function that could not be analysed, and why.
  public struct Unanalysed: Sendable, Equatable {
    public let function: String
    public let line: Int
    public let reason: String
  }

  /// Names of functions that need not be looked into, sorted: the rules say what they do.
  public var knownFunctions: [String] {
    (Array(rules.operations.keys) + rules.identities.keys + rules.transparentCalls
      + rules.queries.keys + rules.neverReturn).sorted()
  }

  public func findings(in change: Change, knowing tree: any TreeKnowledge) -> [Finding] {
    change.files.compactMap(\.after).flatMap { review($0).findings }
  }

  /// What there is to say of one file, and which of its functions could not be followed.
  ///
  /// - Parameter others: parses of other files whose functions this one calls.
  public func review(_ file: FileVersion, with others: [SyntaxUnit] = []) -> (
    findings: [Finding], unanalysed: [Unanalysed]
  ) {
    guard var unit = file.unit else { return ([], []) }
    if rules.unjudgedFiles.contains(file.path) { return ([], unjudged(unit)) }
    for other in others { unit.link(other) }
    var analysis = LockAnalysis(unit: unit, rules: rules)
    analysis.analyseOwnFunctions()
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    var findings: [Finding] = []
    for index in analysis.reports.keys.sorted() where index < unit.ownFunctionCount {
      let wording = LockWording(
        analysis: analysis, function: analysis.unit.functions[index], file: file, lines: lines)
      findings += Self.distinct(analysis.reports[index] ?? [], wording)
    }
    let unanalysed = analysis.unanalysed.filter { $0.key < unit.ownFunctionCount }.map {
      Unanalysed(
        function: unit.strings[unit.functions[$0.key].name],
        line: Int(unit.functions[$0.key].start.line), reason: $0.value)
    }
    return (findings, unanalysed.sorted { ($0.line, $0.function) < ($1.line, $1.function) })
  }

  /// All functions of a file that the rules except, for the coverage.
  private func unjudged(_ unit: SyntaxUnit) -> [Unanalysed] {
    unit.functions[..<unit.ownFunctionCount].map {
      Unanalysed(
        function: unit.strings[$0.name], line: Int($0.start.line),
        reason: "the rules except this file: it breaks them on purpose")
    }
  }

  /// One finding for each place, type and lock, in the order of the text.
  private static func distinct(_ reports: [LockReport], _ wording: LockWording) -> [Finding] {
    var seen: Set<[Int]> = []
    var said: Set<String> = []
    let sorted = reports.enumerated().sorted {
      ($0.element.place, $0.element.type, $0.offset) < (
        $1.element.place, $1.element.type, $1.offset
      )
    }
    return sorted.map(\.element).filter { report in
      seen.insert([
        Int(report.place.line), Int(report.place.column), Int(report.lock.raw),
        FindingType.allCases.firstIndex(of: report.type) ?? 0,
      ]).inserted
    }.map(wording.finding).filter {
      // One lock may have several names of the analysis' own.
      said.insert("\($0.line) \($0.type) \($0.message)").inserted
    }
  }
}
