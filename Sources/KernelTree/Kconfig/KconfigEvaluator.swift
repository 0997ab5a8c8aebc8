/// Finds the value of every option, as `make allmodconfig` would: what can be asked is answered
/// with "module", or "yes" where there is no module.
///
/// Values are computed on demand and remembered, in the manner of the kernel's own `conf`: an
/// option that depends on itself sees the value that it had before.
struct KconfigEvaluator {
  private let model: KconfigModel
  private let policy: KconfigPolicy
  /// 0 for n, 1 for m, 2 for y.
  private var states: [UInt8]
  private var texts: [String?]
  private var isKnown: [Bool]
  private var choicePicks: [Int32?]
  private var isChoiceKnown: [Bool]
  private var stack: [UInt8] = []
  private var depth = 0
  /// Options that depend on each other through more steps are taken as unset.
  private static let depthLimit = 700

  init(model: KconfigModel, policy: KconfigPolicy) {
    self.model = model
    self.policy = policy
    states = Array(repeating: 0, count: model.symbols.count)
    texts = Array(repeating: nil, count: model.symbols.count)
    isKnown = Array(repeating: false, count: model.symbols.count)
    choicePicks = Array(repeating: nil, count: model.choices.count)
    isChoiceKnown = Array(repeating: false, count: model.choices.count)
  }

  /// Options that are set, sorted by name.
  mutating func options() -> [ConfigurationOption] {
    var result: [ConfigurationOption] = []
    for index in model.symbols.indices {
      evaluate(index)
      if let value = setValue(index) {
        result.append(ConfigurationOption(name: model.symbols[index].name, value: value))
      }
    }
    return result.sorted { $0.name < $1.name }
  }

  private func setValue(_ index: Int) -> ConfigurationOption.Value? {
    switch model.symbols[index].kind {
    case .bool, .tristate: states[index] == 2 ? .yes : states[index] == 1 ? .module : nil
    case .int: texts[index].map { .number($0) }
    case .hex:
      texts[index].map { .number($0.hasPrefix("0x") || $0.hasPrefix("0X") ? $0 : "0x" + $0) }
    case .string: texts[index].map { .text($0) }
    case .unknown, .constant: nil
    }
  }

  // MARK: Options

  private mutating func evaluate(_ index: Int) {
    guard !isKnown[index], depth < Self.depthLimit else { return }
    isKnown[index] = true
    depth += 1
    defer { depth -= 1 }
    let symbol = model.symbols[index]
    switch symbol.kind {
    case .constant: states[index] = symbol.name == "y" ? 2 : symbol.name == "m" ? 1 : 0
    case .unknown: break
    case .bool, .tristate:
      if let forced = policy.forced[symbol.name] {
        states[index] = forced == "y" ? 2 : 0
      } else {
        states[index] = state(of: index, symbol)
      }
    case .int, .hex, .string:
      texts[index] = policy.forced[symbol.name] ?? text(of: index, symbol)
    }
  }

  private mutating func state(of index: Int, _ symbol: KconfigModel.Symbol) -> UInt8 {
    let visible = visibility(symbol)
    var state: UInt8 = 0
    if symbol.choice >= 0, symbol.kind == .bool {
      return visible > 0 && pick(Int(symbol.choice)) == Int32(index) ? 2 : 0
    }
    if visible > 0 {
      state = policy.denied.contains(symbol.name) ? 0 : min(1, visible)
      if symbol.kind == .bool && state > 0 { state = 2 }
    } else {
      state = defaultState(symbol)
      let implied = reverse(symbol.impliedBy)
      if implied > 0 { state = min(max(state, implied), directDependency(symbol)) }
    }
    state = max(state, reverse(symbol.selectedBy))
    return symbol.kind == .bool && state == 1 ? 2 : state
  }

  private mutating func text(of index: Int, _ symbol: KconfigModel.Symbol) -> String? {
    let visible = visibility(symbol)
    for entry in symbol.entries {
      let live = dependency(of: Int(entry))
      for choice in model.entries[Int(entry)].defaults
      where min(live, value(choice.condition)) > 0 {
        let text = text(of: choice.value)
        return symbol.kind == .string ? text : inRange(text, symbol)
      }
    }
    guard visible > 0 else { return nil }
    switch symbol.kind {
    case .string: return ""
    case .hex: return inRange("0x0", symbol)
    default: return inRange("0", symbol)
    }
  }

  /// The text of an expression that is one symbol; "y", "m" or "n" of any other.
  private mutating func text(of expression: KconfigModel.Expression) -> String {
    guard expression.count == 1 else {
      return ["n", "m", "y"][Int(value(expression))]
    }
    return text(ofSymbol: Int(model.code[Int(expression.start)]))
  }

  private mutating func text(ofSymbol index: Int) -> String {
    evaluate(index)
    switch model.symbols[index].kind {
    case .constant, .unknown: return model.symbols[index].name
    case .bool, .tristate: return ["n", "m", "y"][Int(states[index])]
    case .int, .hex, .string: return texts[index] ?? ""
    }
  }

  /// A number is moved into the first range that counts.
  private mutating func inRange(_ text: String, _ symbol: KconfigModel.Symbol) -> String {
    guard let number = Self.number(text) else { return text.isEmpty ? "0" : text }
    for entry in symbol.entries {
      for range in model.entries[Int(entry)].ranges where value(range.condition) > 0 {
        let low = self.text(ofSymbol: Int(range.low))
        let high = self.text(ofSymbol: Int(range.high))
        if let bound = Self.number(low), number < bound { return low }
        if let bound = Self.number(high), number > bound { return high }
        return text
      }
    }
    return text
  }

  private mutating func defaultState(_ symbol: KconfigModel.Symbol) -> UInt8 {
    for entry in symbol.entries {
      let live = dependency(of: Int(entry))
      guard live > 0 else { continue }
      for choice in model.entries[Int(entry)].defaults {
        let condition = min(live, value(choice.condition))
        if condition > 0 { return min(value(choice.value), condition) }
      }
    }
    return 0
  }

  /// How far an option can be asked for: the best of its prompts.
  private mutating func visibility(_ symbol: KconfigModel.Symbol) -> UInt8 {
    var result: UInt8 = 0
    for entry in symbol.entries where !model.entries[Int(entry)].prompts.isEmpty {
      let live = min(dependency(of: Int(entry)), visibility(of: model.entries[Int(entry)].scope))
      guard live > 0 else { continue }
      for prompt in model.entries[Int(entry)].prompts {
        result = max(result, min(live, value(prompt)))
      }
    }
    return result == 1 && symbol.kind != .tristate ? 2 : result
  }

  private mutating func directDependency(_ symbol: KconfigModel.Symbol) -> UInt8 {
    var result: UInt8 = 0
    for entry in symbol.entries { result = max(result, dependency(of: Int(entry))) }
    return result
  }

  private mutating func reverse(_ list: [KconfigModel.Reverse]) -> UInt8 {
    var result: UInt8 = 0
    for reverse in list where result < 2 {
      evaluate(Int(reverse.symbol))
      var by = states[Int(reverse.symbol)]
      guard by > result else { continue }
      by = min(by, value(reverse.condition))
      guard by > result else { continue }
      result = max(result, min(by, dependency(of: Int(reverse.entry))))
    }
    return result
  }

  // MARK: Conditions

  private mutating func dependency(of entry: Int) -> UInt8 {
    var result: UInt8 = 2
    for condition in model.entries[entry].depends where result > 0 {
      result = min(result, value(condition))
    }
    return result == 0 ? 0 : min(result, conditions(of: model.entries[entry].scope))
  }

  private mutating func conditions(of scope: Int32) -> UInt8 {
    var result: UInt8 = 2
    var scope = scope
    while scope >= 0, result > 0 {
      for condition in model.scopes[Int(scope)].conditions {
        result = min(result, value(condition))
      }
      scope = model.scopes[Int(scope)].parent
    }
    return result
  }

  private mutating func visibility(of scope: Int32) -> UInt8 {
    var result: UInt8 = 2
    var scope = scope
    while scope >= 0, result > 0 {
      for condition in model.scopes[Int(scope)].visibleIf { result = min(result, value(condition)) }
      scope = model.scopes[Int(scope)].parent
    }
    return result
  }

  private mutating func value(_ expression: KconfigModel.Expression) -> UInt8 {
    if expression.count == 0 { return 2 }
    let floor = stack.count
    var index = Int(expression.start)
    let end = index + Int(expression.count)
    while index < end {
      let code = model.code[index]
      index += 1
      switch code {
      case 0...:
        evaluate(Int(code))
        stack.append(states[Int(code)])
      case KconfigModel.Operator.not: stack[stack.count - 1] = 2 - stack[stack.count - 1]
      case KconfigModel.Operator.and:
        let right = stack.removeLast()
        stack[stack.count - 1] = min(stack[stack.count - 1], right)
      case KconfigModel.Operator.or:
        let right = stack.removeLast()
        stack[stack.count - 1] = max(stack[stack.count - 1], right)
      default:
        let holds = compare(Int(model.code[index]), code, Int(model.code[index + 1]))
        stack.append(holds ? 2 : 0)
        index += 2
      }
    }
    let result = stack.last ?? 0
    stack.removeLast(stack.count - floor)
    return result
  }

  private mutating func compare(_ left: Int, _ sign: Int32, _ right: Int) -> Bool {
    let (first, second) = (text(ofSymbol: left), text(ofSymbol: right))
    let order: Int
    if let one = Self.rank(first), let two = Self.rank(second) {
      order = one < two ? -1 : one == two ? 0 : 1
    } else {
      order = first < second ? -1 : first == second ? 0 : 1
    }
    switch sign {
    case -4: return order == 0
    case -5: return order != 0
    case -6: return order < 0
    case -7: return order <= 0
    case -8: return order > 0
    default: return order >= 0
    }
  }

  private static func rank(_ text: String) -> Int? {
    switch text {
    case "n": 0
    case "m": 1
    case "y": 2
    default: number(text)
    }
  }

  private static func number(_ text: String) -> Int? {
    text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
  }

  // MARK: Choices

  /// The member of a choice that is set.
  ///
  /// That is its first default that can be, else the first that can.
  private mutating func pick(_ index: Int) -> Int32? {
    if isChoiceKnown[index] { return choicePicks[index] }
    isChoiceKnown[index] = true
    let choice = model.choices[index]
    var live = conditions(of: choice.scope)
    for condition in choice.depends { live = min(live, value(condition)) }
    guard live > 0, !choice.isOptional else { return nil }
    var picked: Int32?
    for option in choice.defaults where picked == nil && value(option.condition) > 0 {
      if isMemberVisible(option.symbol, of: index) { picked = option.symbol }
    }
    picked = picked ?? choice.members.first { isMemberVisible($0, of: index) }
    choicePicks[index] = picked
    return picked
  }

  private mutating func isMemberVisible(_ symbol: Int32, of choice: Int) -> Bool {
    let symbol = model.symbols[Int(symbol)]
    return symbol.choice == Int32(choice) && !policy.denied.contains(symbol.name)
      && visibility(symbol) > 0
  }
}
