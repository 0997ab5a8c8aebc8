internal import CSyntax
internal import Findings

/// Finds small added functions that do letter by letter what another one of their folder, or an
/// inline of a shared header, does already.
///
/// Too small to be a reason of their own, so they are told as `info`.
struct SmallTwins: Sendable {
  let functions: AddedFunctions
  let rarity: Rarity
  let tree: any TreeKnowledge

  /// Tokens of a body worth a word; from `Judge.smallest` on it is DUPLICATE_FUNCTION's.
  private static let sizes = 12..<Judge.smallest
  private static let leastEvidence = 1.2
  /// A name that more places call than this is no lead.
  private static let mostUses = 400

  /// The finding about `subject`, an added function; nil when it repeats nothing.
  ///
  /// - Parameter file: The functions of a file.
  func finding(about subject: Subject, _ file: (String) -> SubjectFile?) -> Finding? {
    guard Self.sizes.contains(subject.count), !Judge.isTest(subject.path), !subject.isOperation,
      let lead = lead(subject)
    else { return nil }
    for place in places(of: lead, for: subject) {
      guard functions.existed(place.function, in: place.file),
        let old = file(place.file)?.subject(named: place.function, line: nil),
        isTwin(subject, old)
      else { continue }
      return Self.finding(subject, old)
    }
    return nil
  }

  /// The rarest function that the body calls; nil when it calls none that says anything.
  private func lead(_ subject: Subject) -> String? {
    let calls = subject.form.tokens.indices.filter { subject.form.tokens[$0].role == .callee }
    let best = calls.max { rarity.weight($0, subject) < rarity.weight($1, subject) }
    guard let best, rarity.weight(best, subject) > 0.2 else { return nil }
    return subject.text(best)
  }

  private struct Place: Hashable, Comparable {
    var file: String
    var function: String

    static func < (left: Self, right: Self) -> Bool {
      (left.file, left.function) < (right.file, right.function)
    }
  }

  private func places(of lead: String, for subject: Subject) -> [Place] {
    let uses = tree.uses(of: lead)
    guard uses.count <= Self.mostUses else { return [] }
    let places = uses.compactMap { use -> Place? in
      guard let function = use.function, function != subject.name else { return nil }
      let isShared = use.file.hasPrefix("include/") && use.file.hasSuffix(".h")
      guard isShared || Self.folder(use.file) == Self.folder(subject.path) else { return nil }
      return Place(file: use.file, function: function)
    }
    return Set(places).sorted()
  }

  private static func folder(_ path: String) -> Substring {
    path.lastIndex(of: "/").map { path[..<$0] } ?? ""
  }

  /// True when the two say the same but for the names of locals.
  private func isTwin(_ new: Subject, _ old: Subject) -> Bool {
    guard new.count == old.count else { return false }
    let isEqual = zip(new.form.tokens, old.form.tokens).allSatisfy { a, b in
      a.role == b.role
        && (a.role == .local || a.role == .label ? a.slot == b.slot : a.exact == b.exact)
    }
    guard isEqual else { return false }
    return Comparison(new, old, rarity: rarity).evidence >= Self.leastEvidence
  }

  private static func finding(_ new: Subject, _ old: Subject) -> Finding {
    let place = "\(old.path):\(old.line)"
    return Finding(
      type: .duplicateFunction, severity: .info, file: new.path, line: new.line,
      function: new.name,
      message: "`\(new.name)()` does what `\(old.name)()` (\(place)) does.",
      remedy: "Call `\(old.name)()` instead.",
      fingerprint: Fingerprint(.duplicateFunction, [new.name, old.name]),
      related: [
        Finding.Related(
          file: old.path, line: old.line, function: old.name,
          message: "`\(new.name)()` (\(new.path):\(new.line)) repeats this")
      ],
      data: ["similarity": .number(1), "containment": .number(1), "small": .bool(true)])
  }
}
