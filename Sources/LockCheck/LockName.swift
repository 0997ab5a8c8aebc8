import CSyntax

/// Names a lock as the function's author would: `fi->lock`, `table.locks[i]`, `rtnl_mutex`.
struct LockName {
  let unit: SyntaxUnit
  let table: ValueTable
  let function: Function
  /// Local variables by what they hold, so that a long path is told by the variable it lies in.
  private var names: [Value: String] = [:]
  /// What the families are called, for states of the CPU that are no object.
  private let titles: [String]

  init(
    unit: SyntaxUnit, table: ValueTable, function: Function, memory: FlatMap<Value, Value>,
    titles: [String]
  ) {
    self.titles = titles
    self.unit = unit
    self.table = table
    self.function = function
    for (address, value) in memory.sorted(by: { $0.key < $1.key }) {
      guard case .local(let variable) = table[address], !isNumber(value) else { continue }
      let name = unit.strings[StringID(unit.variables[variable.index].name)]
      if names[value] == nil, !name.isEmpty, !name.hasPrefix("__") { names[value] = name }
    }
  }

  private func isNumber(_ value: Value) -> Bool { table.number(value) != nil }

  /// The lock that lies at an address.
  func lock(at address: Value) -> String {
    switch table[address] {
    case .field, .element, .local, .global: return object(at: address)
    case .pure(_, let parts) where parts.count == 1 && table.number(parts[0]) != nil:
      let family = Int(table.number(parts[0]) ?? -1)
      return titles.indices.contains(family) ? titles[family] : "this CPU's state"
    // This CPU's copy of a variable.
    case .binary(.add, let base, _) where isAddress(base): return object(at: base)
    default: return pointer(address)
    }
  }

  private func isAddress(_ value: Value) -> Bool {
    switch table[value] {
    case .field, .element, .global: true
    default: false
    }
  }

  /// The object at an address, without `&`.
  private func object(at address: Value) -> String {
    switch table[address] {
    case .local(let variable): return unit.strings[StringID(unit.variables[variable.index].name)]
    case .global(let name): return unit.strings[name]
    case .field(let base, let field):
      return member(of: base, unit.strings[field])
    case .element(let base, let index): return element(of: base, index)
    default: return "*" + pointer(address)
    }
  }

  private func member(of base: Value, _ field: String) -> String {
    switch table[base] {
    case .local, .global, .field, .element:
      if let name = names[base] { return name + "->" + field }
      return object(at: base) + "." + field
    default: return pointer(base) + "->" + field
    }
  }

  private func element(of base: Value, _ index: Value) -> String {
    let array: String
    switch table[base] {
    case .local, .global, .field: array = object(at: base)
    default: array = pointer(base)
    }
    return array + "[" + pointer(index) + "]"
  }

  /// An expression that has the value.
  private func pointer(_ value: Value) -> String {
    if let name = names[value] { return name }
    switch table[value] {
    case .constant(let number): return String(number)
    case .parameter(let number):
      guard number < function.parameters.count else { return "argument" }
      return unit.strings[
        StringID(unit.variables[function.parameters[number].index].name)]
    case .content(let address): return object(at: address)
    case .local, .global, .field, .element: return "&" + object(at: value)
    case .function(let name): return unit.strings[name]
    case .string(let text): return unit.strings[text]
    case .part(let whole, let field): return pointer(whole) + "." + unit.strings[field]
    case .unary(let op, let inner): return op.text + pointer(inner)
    case .binary(.subtract, let inner, let offset) where table.number(offset) != nil:
      return "container_of(" + pointer(inner) + ")"
    case .binary(let op, let a, let b): return pointer(a) + " " + op.text + " " + pointer(b)
    case .stale(let inner): return pointer(inner)
    case .stored(_, let inner): return pointer(inner)
    case .join(_, let address, _): return joined(address)
    case .result(let id, _): return id.raw >= 0 ? ExpressionText(unit: unit).text(id) : "…"
    case .pure(let name, let values):
      return unit.strings[name] + "(" + values.map(pointer).joined(separator: ", ") + ")"
    case .record: return "…"
    }
  }

  private func joined(_ address: Value) -> String {
    if case .result = table[address] { return "…" }
    return object(at: address)
  }
}
