internal import BuiltinRules
internal import CSyntax
internal import Findings
internal import Synchronization

/// How much a name says about where code came from: 1 for one that a file or two mention, little
/// for `dev` and `NULL`.
struct Rarity: Sendable {
  /// From this many files on a name says next to nothing.
  private static let idiomatic = 1024.0
  /// What a name that no list has is taken for, where no tree can be asked.
  private static let unlisted = 12
  private static let least: Float = 0.05
  /// The weight of a name that belongs to an idiom.
  private static let idiom: Float = 0.1

  private let listed: [UInt32: Float]
  private let tree: (any TreeKnowledge)?
  private let asked = Asked()

  /// The weight of what is no name: punctuation, keywords, locals and literals.
  static let structure: Float = 0.05

  /// - Parameter tree: Whom to ask how many files mention a name; nil for the lists alone.
  init(_ rules: DuplicateRules, tree: (any TreeKnowledge)? = nil) {
    var listed: [UInt32: Float] = [:]
    if tree?.isWholeTree != true {
      for (name, count) in rules.frequentNames { listed[FNV.hash(name.utf8)] = Self.weight(count) }
    }
    for name in rules.idiomNames { listed[FNV.hash(name.utf8)] = Self.idiom }
    self.listed = listed
    self.tree = tree
  }

  /// Falls with the logarithm of the number of files.
  private static func weight(_ files: Int) -> Float {
    let ratio = idiomatic / Double(max(2, files))
    guard ratio > 1 else { return least }
    // Exact at powers of two and straight between: enough for a weight, and needs no library.
    let logarithm = Double(ratio.exponent) + ratio.significand - 1
    return max(least, min(1, Float(logarithm / 9)))
  }

  /// The weight of form token `index` of `subject`.
  func weight(_ index: Int, _ subject: Subject) -> Float {
    let token = subject.form.tokens[index]
    switch token.role {
    case .callee, .name, .field: return weight(of: token, in: subject)
    case .string: return 0.2
    default: return Self.structure
    }
  }

  private func weight(of token: FormToken, in subject: Subject) -> Float {
    let hash = subject.outline.source.tokens[Int(token.token)].hash
    if let known = listed[hash] { return known }
    return asked.weight(hash) {
      let name = subject.outline.source.text(Int(token.token))
      return Self.weight(tree?.filesMentioning(name) ?? Self.unlisted)
    }
  }

  /// Weights that were asked for, shared by the copies of a value.
  private final class Asked: Sendable {
    private let known = Mutex<[UInt32: Float]>([:])

    func weight(_ hash: UInt32, _ ask: () -> Float) -> Float {
      if let found = known.withLock({ $0[hash] }) { return found }
      let weight = ask()
      known.withLock { $0[hash] = weight }
      return weight
    }
  }
}
