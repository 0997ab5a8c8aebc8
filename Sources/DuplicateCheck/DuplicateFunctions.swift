internal import BuiltinRules
internal import CSyntax
public import Findings

/// Finds added functions that repeat functions which the tree has.
public struct DuplicateFunctions: Check {
  /// A check with the built-in rules.
  public init() {}

  public var area: Area { .duplicates }
  public var frame: Frame { .sinceBase }
  public var needsParse: Bool { false }

  /// How many likely twins of one function are looked at.
  private static let candidateLimit = 24

  public func findings(in change: Change, knowing tree: any TreeKnowledge) -> [Finding] {
    let functions = AddedFunctions(change)
    let judge = Judge(rarity: Rarity(.builtin, tree: tree))
    guard !functions.added.isEmpty else { return [] }
    let moves = Moves(functions, rarity: judge.rarity)
    let versions = Dictionary(
      change.files.compactMap { $0.after.map { ($0.path, $0) } }, uniquingKeysWith: { $1 })
    var files = functions.after
    func file(_ path: String) -> SubjectFile? {
      if files[path] == nil {
        files[path] = tree.text(of: path).map { SubjectFile(path: path, text: $0) }
      }
      return files[path]
    }
    let copied = functions.added.filter { !moves.brought($0) }
    func pairs(_ subject: Subject) -> [Comparison] {
      guard let version = versions[subject.path] else { return [] }
      return tree.similar(to: subject.name, in: version, limit: Self.candidateLimit)
        .filter { functions.existed($0.name, in: $0.file) }
        .filter { $0.file != subject.path || $0.name != subject.name }
        .prefix(Self.candidateLimit)
        .compactMap { file($0.file)?.subject(named: $0.name, line: $0.line) }
        .map { Comparison(subject, $0, rarity: judge.rarity) }
    }
    var anchors: [Comparison] = []
    var copies: [[String]: Int] = [:]
    for subject in copied where subject.count >= Judge.smallest {
      let pairs = pairs(subject)
      let objectionable = pairs.filter {
        judge.isObjectionable($0) && !wasSimilar($0, functions, judge)
      }
      guard let best = objectionable.max(by: isWeaker) else { continue }
      anchors.append(best)
      copies[[subject.path, subject.name]] = judge.filesWithWhole(subject, among: pairs)
    }
    let builder = FamilyBuilder(judge: judge, functions: functions)
    let sharing = Sharing(rules: .builtin, tree: tree)
    let families = builder.families(of: anchors, open: copied, file: file)
    let seen = Set(families.flatMap { $0.pairs.map { [$0.new.path, $0.new.name] } })
    let twins = SmallTwins(functions: functions, rarity: judge.rarity, tree: tree)
    return families.flatMap { family -> [Finding] in
      let worth = sharing.worth(of: family) {
        copies[[$0.path, $0.name]] != nil
      } copies: {
        copies[[$0.path, $0.name]] ?? judge.filesWithWhole($0, among: pairs($0))
      }
      let report = DuplicateReport(family: family, worth: worth, tree: tree)
      return (report.finding.map { [$0] } ?? [])
        + family.pairs.compactMap(InconsistentCopies.finding)
    }
      + copied.filter { !seen.contains([$0.path, $0.name]) }.compactMap {
        twins.finding(about: $0, file)
      }
  }

  /// Ranks the twins of one function: what is close by comes first among near equals.
  private func isWeaker(_ a: Comparison, _ b: Comparison) -> Bool {
    func rank(_ pair: Comparison) -> Double {
      pair.weighted + 0.2 * pair.coverage
        + 0.05 * Double(Nearness(pair.new.path, pair.old.path).rawValue)
    }
    let (first, second) = (rank(a), rank(b))
    if first != second { return first < second }
    return (b.old.path, b.old.line) < (a.old.path, a.old.line)
  }

  /// True when a changed function repeated the other one before the change too.
  private func wasSimilar(
    _ pair: Comparison, _ functions: AddedFunctions, _ judge: Judge
  ) -> Bool {
    functions.before.contains {
      $0.name == pair.new.name
        && judge.isCopy(Comparison($0, pair.old, rarity: judge.rarity))
    }
  }
}
