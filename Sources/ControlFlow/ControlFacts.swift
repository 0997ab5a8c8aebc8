public import CSyntax

/// Which expressions of a unit hold control flow: `&&`, `||`, `?:` or statement expressions.
///
/// Parts always stand before the whole in a unit's array, so that one pass suffices. O(unit).
public struct ControlFacts: Sendable {
  private let flags: [Bool]

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
  }

  /// True when evaluating the expression may branch.
  public subscript(_ id: ExpressionID) -> Bool { flags[id.index] }
}
