/// Turns the tokens of a condition into postfix code, without recursion.
///
/// Precedence is Kconfig's: comparison, `!`, `&&`, `||`. What cannot be read counts as false, as a
/// dependency that is not met does.
struct KconfigExpression {
  private var output: [Int32] = []
  private var pending: [Int32] = []
  /// Stands for an open parenthesis among the pending operators.
  private static let open = Int32.min
  private static let limit = 20_000

  /// Compiles `tokens` into `model`.
  static func compile(
    _ tokens: some Collection<KconfigLine.Token>, into model: inout KconfigModel
  ) -> KconfigModel.Expression {
    var parser = KconfigExpression()
    let isComplete = parser.parse(Array(tokens.prefix(limit)), &model)
    if !isComplete { parser.output = [model.constant("n")] }
    let start = Int32(model.code.count)
    model.code += parser.output
    return .init(start: start, count: Int32(parser.output.count))
  }

  private mutating func parse(_ tokens: [KconfigLine.Token], _ model: inout KconfigModel) -> Bool {
    var index = 0
    var wantsOperand = true
    while index < tokens.count {
      let token = tokens[index]
      index += 1
      switch token {
      case .word, .quoted:
        guard wantsOperand else { return false }
        let left = Self.symbol(token, &model)
        if index + 1 < tokens.count, case .sign(let sign) = tokens[index],
          let comparison = KconfigModel.Operator.comparisons[sign]
        {
          output += [comparison, left, Self.symbol(tokens[index + 1], &model)]
          index += 2
        } else {
          output.append(left)
        }
        popNegations()
        wantsOperand = false
      case .sign("!") where wantsOperand: pending.append(KconfigModel.Operator.not)
      case .sign("(") where wantsOperand: pending.append(Self.open)
      case .sign(")") where !wantsOperand:
        popOperators(above: .min)
        guard pending.popLast() == Self.open else { return false }
        popNegations()
      case .sign("&&") where !wantsOperand:
        popOperators(above: KconfigModel.Operator.or)
        pending.append(KconfigModel.Operator.and)
        wantsOperand = true
      case .sign("||") where !wantsOperand:
        popOperators(above: .min)
        pending.append(KconfigModel.Operator.or)
        wantsOperand = true
      default: return false
      }
    }
    popOperators(above: .min)
    return !wantsOperand && pending.isEmpty
  }

  private static func symbol(
    _ token: KconfigLine.Token, _ model: inout KconfigModel
  ) -> Int32 {
    switch token {
    case .word(let name): model.symbol(name)
    case .quoted(let text): model.constant(text)
    case .sign(let sign): model.constant(sign)
    }
  }

  private mutating func popNegations() {
    while pending.last == KconfigModel.Operator.not { output.append(pending.removeLast()) }
  }

  /// Moves operators that bind tighter than `floor` to the output, up to an open parenthesis.
  private mutating func popOperators(above floor: Int32) {
    while let top = pending.last, top != Self.open, top > floor {
      output.append(pending.removeLast())
    }
  }
}
