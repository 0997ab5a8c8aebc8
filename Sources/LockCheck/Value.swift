import CSyntax

/// Number of a symbolic value in a `ValueTable`; equal numbers are equal values.
struct Value: Hashable, Comparable {
  let raw: Int32

  /// Its place in the table.
  var index: Int { Int(raw) }

  static func < (left: Value, right: Value) -> Bool { left.raw < right.raw }
}

/// What a symbolic value is made of.
///
/// Addresses are access paths: an object, its members and elements, and what lies there.
enum ValueNode: Hashable {
  case constant(Int64)
  /// What the caller passed.
  case parameter(Int)
  /// Address of a global variable, or a lock that is one for the whole system.
  case global(StringID)
  /// A function's name.
  case function(StringID)
  /// A string literal.
  case string(StringID)
  /// Address of a local variable.
  case local(VariableID)
  /// Address of a member of the object at an address.
  case field(Value, StringID)
  /// Address of an element of the array at an address.
  case element(Value, Value)
  /// What lay at an address when the function was entered.
  case content(Value)
  /// A member of a structure that is handled by value.
  case part(Value, StringID)
  /// A structure by value: the members that are known.
  case record([RecordPart])
  case unary(Operator, Value)
  case binary(Operator, Value, Value)
  /// What a function without effects gives for its arguments.
  case pure(StringID, [Value])
  /// Something not known: the result of the call at an expression.
  case result(ExpressionID, function: Int)
  /// What an opaque call left at an address.
  case stored(ExpressionID, Value)
  /// Values that differ on the paths into a block.
  case join(block: Int, address: Value, function: Int)
  /// A value of an earlier round of a loop.
  case stale(Value)
}

extension ValueNode {
  /// What a call left, of which only the callee knows what it is.
  var isStored: Bool {
    if case .stored = self { true } else { false }
  }
}

/// One member of a structure handled by value.
struct RecordPart: Hashable {
  let field: StringID
  let value: Value
}

/// Symbolic values, each stored once (value numbering by hash-consing).
struct ValueTable {
  private(set) var nodes: [ValueNode] = []
  private var numbers = NodeIndex()
  /// The numbers of what is made of too many nodes to be kept.
  private var large: [ValueNode: Int32] = [:]
  /// Of each value, whether it is made of anything that changes from round to round of a loop.
  private var open: [Bool] = []
  /// Of each value, of how many nodes it is made, written out in full.
  private var sizes: [Int] = []
  /// The first value that names each call or other expression of which the result is not known.
  private var firstOfSite: [ExpressionID: Value] = [:]

  /// What is made of more nodes than this is a value of its own, of which nothing is known: one that
  /// is used twice in each step doubles with it.
  static let sizeLimit = 2000

  subscript(value: Value) -> ValueNode { nodes[Int(value.raw)] }

  /// The value of `node`, simplified where that needs no facts.
  mutating func make(_ node: ValueNode) -> Value {
    if let opposite = opposite(node) {
      let inner = make(opposite)
      return make(.unary(.not, inner))
    }
    let node = simplified(node)
    if let value = existing(node) { return value }
    let parts = parts(of: node)
    let size = parts.reduce(1) { $0 + sizes[Int($1.raw)] }
    let number = Int32(nodes.count)
    sizes.append(size > Self.sizeLimit ? 1 : size)
    if size > Self.sizeLimit {
      large[node] = number
      // A name of its own, which no expression has.
      nodes.append(.result(ExpressionID(Int(Int32.min) + Int(number)), function: -4))
      open.append(true)
      return Value(raw: number)
    }
    nodes.append(node)
    numbers.insert(number, in: nodes)
    switch node {
    case .result(let site, _), .stored(let site, _):
      if firstOfSite[site] == nil { firstOfSite[site] = Value(raw: number) }
      open.append(true)
    case .join: open.append(true)
    default: open.append(parts.contains { isOpen($0) })
    }
    return Value(raw: number)
  }

  /// The value of `node` if anybody made it before: else nothing can be known of it.
  func existing(_ node: ValueNode) -> Value? {
    if let number = numbers.find(node, in: nodes) { return Value(raw: number) }
    return large.isEmpty ? nil : large[node].map(Value.init(raw:))
  }

  /// True when `value` is made of results of calls, or of what paths or rounds of loops join.
  func isOpen(_ value: Value) -> Bool { open[Int(value.raw)] }

  mutating func constant(_ number: Int64) -> Value { make(.constant(number)) }

  /// The number that `value` is, if it is one.
  func number(_ value: Value) -> Int64? {
    if case .constant(let number) = self[value] { return number }
    return nil
  }

  private func simplified(_ node: ValueNode) -> ValueNode {
    switch node {
    case .unary(.not, let inner):
      if let number = number(inner) { return .constant(number == 0 ? 1 : 0) }
    case .unary(.minus, let inner):
      if let number = number(inner) { return .constant(0 &- number) }
    case .binary(let op, let a, let b):
      return simplifiedBinary(op, a, b)
    default: break
    }
    return node
  }

  /// Comparisons of two unknowns come down to `==` and `<`, so that `a != b` and `a == b` are one
  /// value and its negation; with a number intervals tell more.
  private func opposite(_ node: ValueNode) -> ValueNode? {
    guard case .binary(let op, let a, let b) = node, number(a) == nil, number(b) == nil else {
      return nil
    }
    return switch op {
    case .notEqual: .binary(.equal, a, b)
    case .greaterOrEqual: .binary(.less, a, b)
    case .lessOrEqual: .binary(.less, b, a)
    default: nil
    }
  }

  private func simplifiedBinary(_ op: Operator, _ a: Value, _ b: Value) -> ValueNode {
    if let x = number(a), let y = number(b), let z = Self.apply(op, x, y) { return .constant(z) }
    // Pointer plus a constant and back again is the pointer (`container_of` and its like).
    if op == .subtract || op == .add, let y = number(b) {
      if y == 0 { return self[a] }
      if case .binary(let inner, let base, let offset) = self[a], inner != op,
        inner == .add || inner == .subtract, number(offset) == y
      {
        return self[base]
      }
    }
    // A member's address less an offset is the object around it (`container_of(&o->member, …)`);
    // of a member in a member it cannot be told which.
    if op == .subtract, let offset = number(b), offset > 0, case .field(let object, _) = self[a] {
      switch self[object] {
      case .field, .element: break
      default: return self[object]
      }
    }
    if op == .equal, a == b { return .constant(1) }
    if op == .greater, number(a) == nil, number(b) == nil { return .binary(.less, b, a) }
    // Comparisons are kept in one order, so that `a == b` and `b == a` are one value.
    if op == .equal || op == .notEqual, b < a { return .binary(op, b, a) }
    return .binary(op, a, b)
  }

  private static func apply(_ op: Operator, _ a: Int64, _ b: Int64) -> Int64? {
    switch op {
    case .add: a &+ b
    case .subtract: a &- b
    case .multiply: a &* b
    case .and: a & b
    case .or: a | b
    case .xor: a ^ b
    case .equal: a == b ? 1 : 0
    case .notEqual: a != b ? 1 : 0
    case .less: a < b ? 1 : 0
    case .greater: a > b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    case .greaterOrEqual: a >= b ? 1 : 0
    case .shiftLeft: b >= 0 && b < 63 ? a << b : nil
    case .shiftRight: b >= 0 && b < 63 ? a >> b : nil
    default: nil
    }
  }

  /// The values that `value` is directly made of.
  func parts(of value: Value) -> [Value] { parts(of: self[value]) }

  private func parts(of node: ValueNode) -> [Value] {
    switch node {
    // A stale value is closed: what it was made of is of the past already.
    case .constant, .parameter, .global, .function, .string, .local, .result, .stale: []
    case .field(let a, _), .content(let a), .part(let a, _), .unary(_, let a),
      .stored(_, let a), .join(_, let a, _):
      [a]
    case .element(let a, let b), .binary(_, let a, let b): [a, b]
    case .pure(_, let values): values
    case .record(let parts): parts.map(\.value)
    }
  }

  /// True when `value` is made of what the call or other expression at `site` gave or left.
  ///
  /// A value is made of older ones only: what is older than the site's first, or closed, is passed by.
  func contains(_ value: Value, of site: ExpressionID) -> Bool {
    guard let first = firstOfSite[site] else { return false }
    return contains(value, of: site, since: first)
  }

  private func contains(_ value: Value, of site: ExpressionID, since first: Value) -> Bool {
    guard value >= first, isOpen(value) else { return false }
    switch self[value] {
    case .result(site, _), .stored(site, _): return true
    case .field(let a, _), .content(let a), .part(let a, _), .unary(_, let a), .stored(_, let a),
      .join(_, let a, _):
      return contains(a, of: site, since: first)
    case .element(let a, let b), .binary(_, let a, let b):
      return contains(a, of: site, since: first) || contains(b, of: site, since: first)
    default: return parts(of: value).contains { contains($0, of: site, since: first) }
    }
  }

  /// True when `test` holds for `value` or anything it is made of.
  func contains(_ value: Value, where test: (ValueNode) -> Bool) -> Bool {
    if sizes[Int(value.raw)] <= Self.fewNodes { return containsAmongFew(value, where: test) }
    var seen: Set<Value> = [value]
    var stack = [value]
    while let next = stack.popLast() {
      if test(self[next]) { return true }
      for part in parts(of: next) where seen.insert(part).inserted { stack.append(part) }
    }
    return false
  }

  /// To walk so few nodes, some of them twice, costs less than to remember which were seen.
  private static let fewNodes = 32

  private func containsAmongFew(_ value: Value, where test: (ValueNode) -> Bool) -> Bool {
    let node = self[value]
    if test(node) { return true }
    switch node {
    case .constant, .parameter, .global, .function, .string, .local, .result, .stale: return false
    case .field(let a, _), .content(let a), .part(let a, _), .unary(_, let a), .stored(_, let a),
      .join(_, let a, _):
      return containsAmongFew(a, where: test)
    case .element(let a, let b), .binary(_, let a, let b):
      return containsAmongFew(a, where: test) || containsAmongFew(b, where: test)
    case .pure, .record: return parts(of: node).contains { containsAmongFew($0, where: test) }
    }
  }

  /// `value` with its leaves exchanged by `replace`, which says nil for what stays.
  mutating func rebuild(_ value: Value, _ replace: (inout ValueTable, Value) -> Value?) -> Value {
    if let other = replace(&self, value) { return other }
    switch self[value] {
    case .constant, .parameter, .global, .function, .string, .local, .result, .stale: return value
    case .field(let a, let name): return make(.field(rebuild(a, replace), name))
    case .content(let a): return make(.content(rebuild(a, replace)))
    case .part(let a, let name): return make(.part(rebuild(a, replace), name))
    case .unary(let op, let a): return make(.unary(op, rebuild(a, replace)))
    case .stored(let site, let a): return make(.stored(site, rebuild(a, replace)))
    case .join: return value
    case .element(let a, let b): return make(.element(rebuild(a, replace), rebuild(b, replace)))
    case .binary(let op, let a, let b):
      return make(.binary(op, rebuild(a, replace), rebuild(b, replace)))
    case .pure(let name, let values):
      let rebuilt = values.map { rebuild($0, replace) }
      return make(.pure(name, rebuilt))
    case .record(let parts):
      let rebuilt = parts.map { RecordPart(field: $0.field, value: rebuild($0.value, replace)) }
      return make(.record(rebuilt))
    }
  }
}
