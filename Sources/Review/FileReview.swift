import CSyntax
import GitKit
import KernelTree
import LockCheck

/// Judges one file of one version, with the files that its locks depend on.
struct FileReview: Sendable {
  let lockCheck: LockCheck
  let parser: UnitParser
  /// What earlier runs left; nil where nothing is to be kept.
  let kept: Kept?
  let budget: Budget
  /// False where the user wants no locks checked: then a file is not parsed.
  let isWanted: Bool

  /// The files with functions of which names of functions, called in the file at a path, may leave
  /// a lock in another state than they found it; by path.
  ///
  /// `isBuilt` tells whether the configuration builds a file.
  typealias Helpers =
    @Sendable (
      _ names: [String], _ path: String, _ isBuilt: @escaping (String) -> Bool
    ) -> [String]

  /// Parses and judges `file`, if it is to be and can be.
  ///
  /// - Parameters:
  ///   - version: nil where there are no flags, because of `reason`.
  ///   - turn: macros to set otherwise than the configuration does.
  ///   - further: how many other versions of the file are judged besides.
  func judge(
    _ file: SourceFile, in version: TreeVersion?, without reason: String,
    of tree: any TreeSource, _ turn: ConditionTurn = ConditionTurn(), further: Int = 0,
    helpers: Helpers
  ) async -> FileJudgement {
    guard isWanted else { return FileJudgement(file: file, verdict: .ofTokens) }
    guard let version, budget.excuse == nil else {
      let parsed = UnitParser.Parsed(reason: budget.excuse ?? reason)
      return FileJudgement(file: file, verdict: Verdict(on: file, parsed, lockCheck))
    }
    let parsed = await parser.parse(
      file.path, text: file.bytes, in: version, turn, further: further)
    var others: [UnitParser.Parsed] = []
    let isBuilt: (String) -> Bool = { (try? version.buildRole(of: $0)) != .notBuilt }
    for path in parsed.unit.map({ helpers($0.undefinedFunctions, file.path, isBuilt) }) ?? [] {
      guard let bytes = try? tree.read(path) else { continue }
      others.append(await parser.parse(path, text: bytes, in: version))
    }
    var verdict = verdict(on: file, parsed, others)
    // Of a file that is part of another one, or of no build, errors tell little.
    if verdict.status == .degraded, (try? version.buildRole(of: file.path)) == .notBuilt {
      verdict.reason = "kbuild does not build it in this configuration: " + verdict.reason
    }
    return FileJudgement(file: file, verdict: verdict)
  }

  /// The verdict of an earlier run that stood on the same parses, else a new one.
  private func verdict(
    on file: SourceFile, _ parsed: UnitParser.Parsed, _ helpers: [UnitParser.Parsed]
  ) -> Verdict {
    let identities = ([parsed] + helpers).map(\.identity)
    let known = identities.compactMap { $0 }
    let isNamed = known.count == identities.count
    if isNamed, let verdict = kept?.verdicts.find(known) { return verdict }
    let verdict = Verdict(on: file, parsed, lockCheck, with: helpers.compactMap(\.unit))
    if isNamed { kept?.verdicts.keep(verdict, for: known) }
    return verdict
  }
}
