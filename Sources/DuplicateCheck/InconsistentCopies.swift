internal import CSyntax
public import Findings

/// Finds copies in which one name was not renamed like the others.
///
/// Looks at lines that were copied right below themselves; of copied functions `DuplicateFunctions`
/// speaks.
public struct InconsistentCopies: Check {
  public init() {}

  public var area: Area { .duplicates }
  public var frame: Frame { .sinceBase }
  public var needsParse: Bool { false }

  public func findings(in change: Change, knowing tree: any TreeKnowledge) -> [Finding] {
    let functions = AddedFunctions(change)
    return change.files.flatMap { file -> [Finding] in
      guard let path = file.after?.path, let own = functions.after[path] else { return [] }
      let added = file.addedLines.reduce(into: Set<Int>()) { $0.formUnion($1) }
      return own.outline.functions.flatMap { item -> [Finding] in
        guard added.contains(where: (item.startLine...max(item.startLine, item.endLine)).contains)
        else { return [] }
        return Self.findings(own.subject(item), added)
      }
    }
  }

  private static func findings(_ subject: Subject, _ added: Set<Int>) -> [Finding] {
    var told: Set<Int> = []
    return StatementRuns(subject).copies.compactMap { original, copy in
      let pairs = zip(original, copy).map { (original: $0, copy: $1) }
      guard let found = ForgottenName(pairs, original: subject, copy: subject),
        added.contains(subject.line(found.token)), told.insert(found.token).inserted
      else { return nil }
      let lines = "\(subject.line(original.lowerBound))–\(subject.line(original.upperBound - 1))"
      return finding(
        found, in: subject, of: "lines \(lines)", subject, line: subject.line(original.lowerBound))
    }
  }

  /// The finding about a copied function; nil where every name was replaced.
  static func finding(about pair: Comparison) -> Finding? {
    let pairs = pair.alignment.partners.enumerated().compactMap { index, partner in
      partner < 0 ? nil : (original: Int(partner), copy: index)
    }
    return ForgottenName(pairs, original: pair.old, copy: pair.new).map {
      finding($0, in: pair.new, of: "`\(pair.old.name)()`", pair.old, line: pair.old.line)
    }
  }

  private static func finding(
    _ found: ForgottenName, in subject: Subject, of original: String, _ other: Subject, line: Int
  ) -> Finding {
    Finding(
      type: .duplicateInconsistent, confidence: .medium, file: subject.path,
      line: subject.line(found.token), function: subject.name,
      message:
        "`\(found.name)` stands here, though this copy of \(original) has `\(found.replacement)` "
        + "for it in \(found.replaced) other places.",
      remedy: "See whether `\(found.replacement)` was meant.",
      fingerprint: Fingerprint(
        .duplicateInconsistent, [subject.name, found.name, found.replacement]),
      related: [
        Finding.Related(
          file: other.path, line: line, function: other.name, message: "the original")
      ],
      data: [
        "name": .string(found.name), "replacement": .string(found.replacement),
        "replaced": .integer(found.replaced),
      ])
  }
}
