/// Which two versions a check compares, and so how its findings live in a series.
public enum Frame: Sendable {
  /// Looks at the new side alone. A finding is born in the first commit that has it.
  case version
  /// Compares the series' base with each commit. A finding is born in the first commit that has
  /// it and fixed in the first later one that has not.
  case sinceBase
  /// Compares each commit with its parent. Its findings are events and are never fixed.
  case commit
}

/// One kind of review.
///
/// Pure: values in, findings out; what it must know of the rest of the tree it asks
/// `TreeKnowledge`.
public protocol Check: Sendable {
  /// The area that `--only` selects it by.
  var area: Area { get }
  /// Which two versions it wants to see.
  var frame: Frame { get }
  /// True when it reads `FileVersion.unit`, so that files are parsed for it.
  var needsParse: Bool { get }

  /// What there is to say of `change`, in any order.
  func findings(in change: Change, knowing tree: any TreeKnowledge) -> [Finding]
}
