public import BuiltinRules
public import Findings

/// What is wrong with the surface of a file as it stands, whoever brought it in.
///
/// Looks at the new side alone, so that what was there before the range can be told apart.
public struct ExportState: Check {
  private let rules: ExportRules

  public init(rules: ExportRules = .builtin) { self.rules = rules }

  public var area: Area { .exports }
  public var frame: Frame { .version }
  public var needsParse: Bool { false }

  private static let surfaceRules: [any SurfaceRule] = [
    FaultyExports(), MismatchedStubs(), NarrowLinkage(), StrayDeclarations(),
  ]

  public func findings(in change: Change, knowing tree: any TreeKnowledge) -> [Finding] {
    let after = Change(files: change.files.map { FileChange(before: nil, after: $0.after) })
    return SurfaceReview(rules: rules).findings(of: Self.surfaceRules, in: after, knowing: tree)
  }
}
