public import BuiltinRules
public import Findings

/// What a commit does to the surface: exports, linkage and prototypes that come, go or change.
///
/// Its findings are events: a later commit that takes one back is an event of its own.
public struct ExportEvents: Check {
  private let rules: ExportRules

  public init(rules: ExportRules = .builtin) { self.rules = rules }

  public var area: Area { .exports }
  public var frame: Frame { .commit }
  public var needsParse: Bool { false }

  private static let surfaceRules: [any SurfaceRule] = [
    AddedExports(), RemovedExports(part: .withoutUsers), MovedExports(), RelicensedExports(),
    RenamespacedExports(), FolderNamespaces(),
    ChangedSignatures(part: .withoutCallers), WidenedLinkage(),
    AddedPrototypes(), RemovedPrototypes(part: .withoutUsers),
  ]

  public func findings(in change: Change, knowing tree: any TreeKnowledge) -> [Finding] {
    SurfaceReview(rules: rules).findings(of: Self.surfaceRules, in: change, knowing: tree)
  }
}
