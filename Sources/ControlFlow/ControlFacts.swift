public import CSyntax

/// Which expressions of a unit hold control flow (`&&`, `||`, `?:` or statement expressions), and
/// how deeply they nest.
///
/// Parts always stand before the whole in a unit's array, so that one pass suffices. O(unit).
public struct ControlFacts: Sendable {
  private let flags: [Bool]
  private let depths: [Int32]

  /// Beyond this depth an expression is not followed: every level costs the program's own stack.
  public static let depthLimit = 1000

  public init(of unit: SyntaxUnit) {
    var flags = [Bool](repeating: false, count: unit.expressions.count)
    func any(_ start: Int32, _ count: Int32) -> Bool {
      count > 0 && unit.lists[Int(start)..<Int(start + count)].contains { flags[Int($0)] }
    }
    for (index, e) in unit.expressions.enumerated() {
      switch e.kind {
      case .integer, .string, .variable, .function: break
      case .member, .arrow, .unary, .cast, .designated: flags[index] = flags[Int(e.a)]
      case .index, .assign: flags[index] = flags[Int(e.a)] || flags[Int(e.b)]
      case .binary:
        flags[index] =
          e.op == .logicalAnd || e.op == .logicalOr || flags[Int(e.a)] || flags[Int(e.b)]
      case .conditional, .statement: flags[index] = true
      case .call: flags[index] = flags[Int(e.a)] || any(e.b, e.c)
      case .list, .opaque: flags[index] = any(e.b, e.c)
      }
    }
    self.flags = flags
    depths = Self.depths(in: unit)
  }

  /// True when evaluating the expression may branch.
  public subscript(_ id: ExpressionID) -> Bool { flags[id.index] }

  /// True when some expression of the function nests deeper than can be followed.
  public func isTooDeep(_ function: Function) -> Bool {
    depths[function.expressions].contains { $0 > Self.depthLimit }
  }

  /// How many levels of parts each expression has; a statement expression counts as one.
  private static func depths(in unit: SyntaxUnit) -> [Int32] {
    var depths = [Int32](repeating: 1, count: unit.expressions.count)
    func deepest(_ start: Int32, _ count: Int32) -> Int32 {
      count > 0 ? unit.lists[Int(start)..<Int(start + count)].map { depths[Int($0)] }.max() ?? 0 : 0
    }
    for (index, e) in unit.expressions.enumerated() {
      let inner: Int32 =
        switch e.kind {
        case .integer, .string, .variable, .function, .statement: 0
        case .member, .arrow, .unary, .cast, .designated: depths[Int(e.a)]
        case .index, .assign, .binary: max(depths[Int(e.a)], depths[Int(e.b)])
        case .conditional:
          max(depths[Int(e.a)], depths[Int(e.c)], e.b < 0 ? 0 : depths[Int(e.b)])
        case .call: max(depths[Int(e.a)], deepest(e.b, e.c))
        case .list, .opaque: deepest(e.b, e.c)
        }
      depths[index] = inner + 1
    }
    return depths
  }
}
