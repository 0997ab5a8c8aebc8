internal import BuiltinRules
internal import Findings

/// Runs rules over a change and puts what they say in order.
struct SurfaceReview {
  let rules: ExportRules

  /// - Returns: findings sorted by file, line, type and symbol.
  func findings(
    of surfaceRules: [any SurfaceRule], in change: Change, knowing tree: any TreeKnowledge
  ) -> [Finding] {
    let relevant = Change(
      files: change.files.filter { file in
        // The same bytes offer the same, unless a rename moved them.
        if let before = file.before, let after = file.after, before.path == after.path,
          before.text == after.text
        {
          return false
        }
        return SurfaceChange.isSource(file) || DefaultNamespaces.areSet(file)
      })
    guard !relevant.files.isEmpty else { return [] }
    let surfaces = SurfaceChange(relevant, rules: rules, textOf: tree.text)
    let search = UserSearch(tree: tree, rules: rules)
    return surfaceRules.flatMap { $0.findings(in: surfaces, asking: search) }
      .sorted {
        ($0.file, $0.line, $0.type, $0.fingerprint) < ($1.file, $1.line, $1.type, $1.fingerprint)
      }
  }
}
