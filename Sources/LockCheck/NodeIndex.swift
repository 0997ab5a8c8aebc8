import CSyntax

/// Where in a table of distinct nodes each stands: open addressing over numbers alone.
///
/// Almost every step of the analysis asks for one. Nodes are made of numbers given in turn, so that a
/// short hash does.
struct NodeIndex {
  /// Numbers of nodes; −1 is a free place.
  ///
  /// Their count is a power of two.
  private var places: [Int32] = Array(repeating: -1, count: 64)
  private var count = 0

  /// The number of `node`, if it is in the index.
  func find(_ node: ValueNode, in nodes: [ValueNode]) -> Int32? {
    var place = Self.hash(node) & (places.count - 1)
    while places[place] >= 0 {
      if nodes[Int(places[place])] == node { return places[place] }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// Adds the node with `number`, which is not in the index.
  mutating func insert(_ number: Int32, in nodes: [ValueNode]) {
    count += 1
    if count * 2 > places.count {
      let old = places
      places = Array(repeating: -1, count: old.count * 2)
      for number in old where number >= 0 { put(number, in: nodes) }
    }
    put(number, in: nodes)
  }

  private mutating func put(_ number: Int32, in nodes: [ValueNode]) {
    var place = Self.hash(nodes[Int(number)]) & (places.count - 1)
    while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
    places[place] = number
  }

  private static func hash(_ node: ValueNode) -> Int {
    switch node {
    case .constant(let number): mix(1, Int(truncatingIfNeeded: number))
    case .parameter(let number): mix(2, number)
    case .global(let name): mix(3, name.index)
    case .function(let name): mix(4, name.index)
    case .string(let text): mix(5, text.index)
    case .local(let variable): mix(6, variable.index)
    case .field(let object, let name): mix(7, object.index, name.index)
    case .element(let array, let index): mix(8, array.index, index.index)
    case .content(let address): mix(9, address.index)
    case .part(let whole, let name): mix(10, whole.index, name.index)
    case .record(let parts):
      parts.reduce(mix(11, parts.count)) { mix($0, $1.field.index, $1.value.index) }
    case .unary(let op, let inner): mix(12, Int(op.rawValue), inner.index)
    case .binary(let op, let a, let b): mix(mix(13, Int(op.rawValue)), a.index, b.index)
    case .pure(let name, let values): values.reduce(mix(14, name.index)) { mix($0, $1.index) }
    case .result(let site, let function): mix(15, site.index, function)
    case .stored(let site, let address): mix(16, site.index, address.index)
    case .join(let block, let address, let function):
      mix(mix(17, block), address.index, function)
    case .stale(let value): mix(18, value.index)
    }
  }

  private static func mix(_ seed: Int, _ number: Int) -> Int {
    let bits = UInt64(bitPattern: Int64(seed &* 0x2545_F491_4F6C_DD1D ^ number))
    let product = (bits &+ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }

  private static func mix(_ seed: Int, _ first: Int, _ second: Int) -> Int {
    mix(mix(seed, first), second)
  }
}
