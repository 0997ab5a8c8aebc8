internal import Findings

/// One thing to say about how the surface of the changed files differs.
protocol SurfaceRule: Sendable {
  func findings(in change: SurfaceChange, asking search: UserSearch) -> [Finding]
}
