import LockCheck
import TreeIndex

/// Finds the files whose functions a unit calls and that may leave a lock in another state than
/// they found it, from names alone: only those are worth a parse.
struct HelperSearch: Sendable {
  /// What calls of the functions that need no body do to locks.
  private let known: [TreeIndex.CalledName: LexicalLocks]

  init(_ check: LockCheck) {
    known = Dictionary(
      check.lexicalLocks.map { (TreeIndex.CalledName($0.key), $0.value) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Calls are followed this deep, for functions that lock for others are thin.
  ///
  /// What names alone say of a function that does much is mostly wrong. The wrappers of a header are
  /// no step of their own.
  private static let depth = 1

  /// The files, by path.
  ///
  /// - Parameters:
  ///   - names: What the unit calls and has no body of.
  ///   - path: The unit's own file, which is left out.
  ///   - isBuilt: Whether the configuration builds a file: of several functions of one name, the one
  ///     that is built is meant.
  func files(
    for names: [String], from path: String, in index: TreeIndex,
    isBuilt: @escaping (String) -> Bool = { _ in true }
  ) throws(IndexError) -> [String] {
    var walk = Walk(index: index, known: known, isBuilt: isBuilt)
    var files: Set<String> = []
    for name in names.map({ TreeIndex.CalledName($0) }) where known[name] == nil {
      guard let body = try walk.target(of: name, from: path) else { continue }
      let effect = try walk.effect(of: body, depth: Self.depth)
      if !effect.locks.isBalanced { files.formUnion(effect.files) }
    }
    files.remove(path)
    return files.filter { $0.hasSuffix(".c") }.sorted()
  }

  /// What a function does to locks by its words and those of what it calls.
  private struct Effect {
    var locks = LexicalLocks()
    /// The files that this follows from.
    var files: Set<String> = []
  }

  private struct Step: Hashable {
    var body: TreeIndex.Body.ID
    var depth: Int
  }

  /// One search; remembers what it found out of each function.
  private struct Walk {
    let index: TreeIndex
    let known: [TreeIndex.CalledName: LexicalLocks]
    private let isBuilt: (String) -> Bool
    private var found: [Step: Effect] = [:]
    private var bodies: [TreeIndex.CalledName: [TreeIndex.Body]] = [:]

    init(
      index: TreeIndex, known: [TreeIndex.CalledName: LexicalLocks],
      isBuilt: @escaping (String) -> Bool
    ) {
      self.index = index
      self.known = known
      self.isBuilt = isBuilt
    }

    private mutating func bodies(of name: TreeIndex.CalledName) throws(IndexError)
      -> [TreeIndex.Body]
    {
      if let bodies = bodies[name] { return bodies }
      let read = try index.bodies(named: name)
      bodies[name] = read
      return read
    }

    /// The function that a call of `name` in the file at `path` reaches, if that is clear.
    mutating func target(of name: TreeIndex.CalledName, from path: String) throws(IndexError)
      -> TreeIndex.Body?
    {
      let all = try bodies(of: name)
      if let own = all.first(where: { $0.file == path }) { return own }
      var open = all.filter { !$0.isStatic && !$0.file.hasPrefix("tools/") }
      if open.count > 1 { open = open.filter { isBuilt($0.file) } }
      // A stub in a header stands in where the real one is not built.
      if open.isEmpty { return all.first { $0.file.hasSuffix(".h") } }
      // Where each architecture has its own there is no telling which is meant.
      return open.count == 1 ? open[0] : nil
    }

    mutating func effect(of body: TreeIndex.Body, depth: Int) throws(IndexError) -> Effect {
      let step = Step(body: body.id, depth: depth)
      if let effect = found[step] { return effect }
      var effect = Effect(locks: LexicalLocks(), files: [body.file])
      // Whoever calls itself, by whatever way, adds nothing the second time.
      found[step] = effect
      for name in body.callees {
        if let locks = known[name] {
          effect.locks.formUnion(locks)
          continue
        }
        guard let next = try target(of: name, from: body.file) else { continue }
        let left = next.file.hasSuffix(".h") ? depth : depth - 1
        guard left >= 0 else { continue }
        let inner = try self.effect(of: next, depth: left)
        // What gives back all that it took changes nothing for its caller.
        guard !inner.locks.isBalanced else { continue }
        effect.locks.formUnion(inner.locks)
        effect.files.formUnion(inner.files)
      }
      found[step] = effect
      return effect
    }
  }
}
