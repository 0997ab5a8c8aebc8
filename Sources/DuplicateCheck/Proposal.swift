internal import CSyntax
internal import Findings

/// What a helper would look like that both functions could call.
///
/// Anti-unification (Plotkin 1970, Reynolds 1970) of two token streams: what is common stays, and
/// each pair of differing runs becomes a hole, the same pair the same hole.
struct Proposal: Sendable {
  /// A place where the two functions differ.
  struct Hole: Sendable, Equatable {
    enum Kind: String, Sendable {
      /// Another expression of the same place: a parameter.
      case value
      /// Another function is called: a parameter that points to it, or a flag.
      case callee
      /// Statements that only the old function has.
      case onlyOld = "only-old"
      /// Statements that only the new function has.
      case onlyNew = "only-new"
      /// Other statements on either side.
      case statements
    }
    var kind: Kind
    var new: String
    var old: String
    var newLine: Int
    var oldLine: Int
  }

  let pair: Comparison
  /// The different holes, in the order of the new function.
  let holes: [Hole]

  init(_ pair: Comparison) {
    self.pair = pair
    holes = Self.holes(pair)
  }

  /// More parameters than this make a helper that nobody wants.
  private static let mostParameters = 4

  /// Holes that a helper would take as parameters.
  var parameters: [Hole] { holes.filter { $0.kind == .value || $0.kind == .callee } }
  /// Holes that are statements.
  var blocks: [Hole] { holes.filter { $0.kind != .value && $0.kind != .callee } }

  /// True when one function with the same parameters could serve both.
  var isIdentical: Bool { holes.isEmpty }

  /// True when sharing would leave less code and not more.
  var isWorthwhile: Bool {
    let size = blocks.reduce(0) { $0 + $1.new.utf8.count + $1.old.utf8.count }
    return holes.count <= Self.mostParameters && blocks.count <= 2
      && size * 3 <= pair.new.outline.source.text(pair.new.item.body).utf8.count * 2
  }

  private static func holes(_ pair: Comparison) -> [Hole] {
    var result: [Hole] = []
    var (i, j) = (0, 0)
    let (new, old) = (pair.new, pair.old)
    func close(_ endNew: Int, _ endOld: Int) {
      defer { (i, j) = (endNew + 1, endOld + 1) }
      guard endNew > i || endOld > j else { return }
      let hole = hole(new, i..<endNew, old, j..<endOld)
      if !result.contains(where: { $0.new == hole.new && $0.old == hole.old }) {
        result.append(hole)
      }
    }
    for (index, partner) in pair.alignment.partners.enumerated() where partner >= 0 {
      close(index, Int(partner))
    }
    close(new.count, old.count)
    return result
  }

  private static func hole(
    _ new: Subject, _ newRange: Range<Int>, _ old: Subject, _ oldRange: Range<Int>
  ) -> Hole {
    let a = new.spelling(newRange)
    let b = old.spelling(oldRange)
    let isBlock =
      new.holdsStatement(newRange) || old.holdsStatement(oldRange) || a.isEmpty || b.isEmpty
    let isCallee =
      newRange.count == 1 && oldRange.count == 1
      && new.form.tokens[newRange.lowerBound].role == .callee
      && old.form.tokens[oldRange.lowerBound].role == .callee
    let kind: Hole.Kind =
      isCallee
      ? .callee : !isBlock ? .value : a.isEmpty ? .onlyOld : b.isEmpty ? .onlyNew : .statements
    return Hole(
      kind: kind, new: a, old: b,
      newLine: new.line(min(newRange.lowerBound, max(0, new.count - 1))),
      oldLine: old.line(min(oldRange.lowerBound, max(0, old.count - 1))))
  }
}

extension Subject {
  /// The text of a run of form tokens with one space between words.
  func spelling(_ range: Range<Int>) -> String {
    guard let first = range.first, let last = range.last else { return "" }
    return outline.source.text(
      Int(form.tokens[first].token)..<Int(form.tokens[last].token) + 1)
  }

  /// True when the run holds the end of a statement or a brace.
  func holdsStatement(_ range: Range<Int>) -> Bool {
    range.contains {
      switch TokenKind(rawValue: form.tokens[$0].shape) {
      case .semicolon, .leftBrace, .rightBrace: true
      default: false
      }
    }
  }
}
