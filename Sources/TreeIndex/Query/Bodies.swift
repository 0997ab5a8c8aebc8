extension TreeIndex {
  /// A name that is called, as the index compares it: by hash, for not every spelling is kept.
  public struct CalledName: Hashable, Sendable {
    let hash: UInt64

    public init(_ spelling: String) { hash = TermHash.hash(spelling) }

    init(hash: UInt64) { self.hash = hash }
  }

  /// A function with a body, and what that calls.
  public struct Body: Sendable {
    /// Tells the functions of one index apart.
    public struct ID: Hashable, Sendable {
      let layer: Int
      let number: Int
    }
    public let id: ID
    public let file: String
    public let isStatic: Bool
    /// Functions, and macros with parameters, that the body calls, each once.
    public let callees: [CalledName]
  }

  /// Every function called `name`, with what it calls, by layer and file; O(log n) each.
  public func bodies(named name: CalledName) throws(IndexError) -> [Body] {
    var result: [Body] = []
    for (layer, entry) in layers.enumerated() {
      let segment = entry.segment
      guard let term = try segment.term(hash: name.hash) else { continue }
      for item in try segment.definitions(ofTerm: term)
      where item.kind == .function && !entry.hidden.contains(item.file) {
        for number in try segment.functions(ofFile: item.file) {
          let function = try segment.function(number)
          guard function.term == term, function.nameLine == item.line else { continue }
          var callees: [CalledName] = []
          for callee in try segment.callees(ofFunction: number) {
            callees.append(CalledName(hash: try segment.hash(ofTerm: callee)))
          }
          result.append(
            Body(
              id: Body.ID(layer: layer, number: number), file: try segment.file(item.file).path,
              isStatic: function.flags & FunctionFlag.isStatic != 0, callees: callees))
        }
      }
    }
    return result
  }
}
