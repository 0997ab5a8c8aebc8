/// Reverse post-order of a graph's reachable blocks and its loop headers.
///
/// Computed by one depth-first walk without recursion. O(blocks + edges).
public struct BlockOrder: Sendable {
  /// Reachable blocks, predecessors before successors but for back edges.
  public let order: [Graph.BlockID]
  /// Position of each block in `order`; −1 for unreachable ones.
  public let position: [Int]
  /// Blocks that an edge from a later block leads to.
  public let headers: Set<Graph.BlockID>

  public init(_ graph: Graph) {
    var postorder: [Graph.BlockID] = []
    var state = [UInt8](repeating: 0, count: graph.blocks.count)
    var headers: Set<Graph.BlockID> = []
    var stack: [(block: Graph.BlockID, successors: [Graph.BlockID], next: Int)] = []
    func push(_ block: Graph.BlockID) {
      state[block] = 1
      stack.append((block, graph.successors(of: block), 0))
    }
    push(graph.entry)
    while let top = stack.last {
      if top.next == top.successors.count {
        state[top.block] = 2
        postorder.append(top.block)
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      let next = top.successors[top.next]
      if state[next] == 0 { push(next) } else if state[next] == 1 { headers.insert(next) }
    }
    order = postorder.reversed()
    var position = [Int](repeating: -1, count: graph.blocks.count)
    for (index, block) in order.enumerated() { position[block] = index }
    self.position = position
    self.headers = headers
  }
}
