public import BuiltinRules
public import Findings

/// What a series leaves broken or useless: exports without users, users without exports, callers
/// and prototypes that no longer fit.
///
/// Its findings compare a commit with the series' base, so a later commit can repair them.
public struct ExportEffects: Check {
  private let rules: ExportRules

  public init(rules: ExportRules = .builtin) { self.rules = rules }

  public var area: Area { .exports }
  public var frame: Frame { .sinceBase }
  public var needsParse: Bool { false }

  private static let surfaceRules: [any SurfaceRule] = [
    UnusedExports(), LostUsers(), RepeatedExports(), RemovedExports(part: .withUsers),
    ChangedSignatures(part: .withCallers), RemovedPrototypes(part: .withUsers),
    LostDefinitions(), MismatchedPrototypes(), UndeclaredDefinitions(),
  ]

  public func findings(in change: Change, knowing tree: any TreeKnowledge) -> [Finding] {
    SurfaceReview(rules: rules).findings(of: Self.surfaceRules, in: change, knowing: tree)
  }
}
