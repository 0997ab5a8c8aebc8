internal import BuiltinRules
internal import CSyntax

/// How much a name says about where code came from: 1 for one that few functions mention, little
/// for `dev` and `NULL`.
struct Rarity: Sendable {
  /// Functions of a kernel, and how many mention a name that no list has.
  private static let all = 700_000.0
  private static let rare = 24.0
  private static let scale = log2(all / rare)
  private let weights: [UInt32: Float]

  /// The weight of what is no name: punctuation, keywords, locals and literals.
  static let structure: Float = 0.06

  /// The weight of a name that belongs to an idiom.
  private static let idiom: Float = 0.15

  init(_ rules: DuplicateRules) {
    var weights: [UInt32: Float] = [:]
    for (name, count) in rules.frequentNames {
      weights[FNV.hash(name.utf8)] = Float(Self.log2(Self.all / Double(count)) / Self.scale)
    }
    for name in rules.idiomNames { weights[FNV.hash(name.utf8)] = Self.idiom }
    self.weights = weights
  }

  private static func log2(_ value: Double) -> Double {
    // Whole powers of two are exact enough here, and this needs no library.
    let exponent = Double(value.exponent)
    return exponent + value.significand - 1
  }

  /// The weight of form token `index` of `subject`.
  func weight(_ index: Int, _ subject: Subject) -> Float {
    let token = subject.form.tokens[index]
    switch token.role {
    case .callee, .name, .field:
      return weights[subject.outline.source.tokens[Int(token.token)].hash] ?? 1
    case .string: return 0.3
    default: return Self.structure
    }
  }
}
