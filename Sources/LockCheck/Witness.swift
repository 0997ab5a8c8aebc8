import CSyntax

/// Steps of paths, each with the step before it: a tree that shares beginnings.
struct Witness {
  enum Kind {
    /// A lock was taken by a call of this name.
    case acquired(Value, by: StringID)
    case released(Value, by: StringID)
    /// A condition was found true or false.
    case branch(ExpressionID, Bool)
    /// A `switch` went to a case (its values) or to the default.
    case selected(ExpressionID, ClosedRange<Int64>?)
  }

  struct Node {
    let parent: Int
    let kind: Kind
    let place: Place
  }

  private(set) var nodes: [Node] = []

  mutating func add(_ kind: Kind, at place: Place, after parent: Int) -> Int {
    nodes.append(Node(parent: parent, kind: kind, place: place))
    return nodes.count - 1
  }

  /// The steps up to node `last`, oldest first, at most `limit` of them from the end.
  func path(to last: Int, limit: Int = 200) -> [(index: Int, node: Node)] {
    var steps: [(Int, Node)] = []
    var next = last
    while next >= 0, steps.count < limit {
      steps.append((next, nodes[next]))
      next = nodes[next].parent
    }
    return steps.reversed()
  }
}
