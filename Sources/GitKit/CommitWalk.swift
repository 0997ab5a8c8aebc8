internal import CLibgit2

/// Walks history by commit date, as git does, and stops gently where a shallow clone ends.
///
/// libgit2 1.5 has a walk of its own, but it fails on shallow clones, whose oldest commits name
/// parents that are not there, and reads all history before it gives the first commit.
struct CommitWalk {
  /// What the walk needs of a commit.
  struct Node {
    let parents: [ObjectID]
    /// The committer's clock, seconds since 1970.
    let time: Int64
  }

  private let handle: RepositoryHandle
  private let shallowCommits: Set<ObjectID>
  private let isFirstParentOnly: Bool
  private let missing: (ObjectID) -> GitError
  private var nodes: [ObjectID: Node] = [:]

  init(
    _ handle: RepositoryHandle, shallowCommits: Set<ObjectID>, isFirstParentOnly: Bool = false,
    missing: @escaping (ObjectID) -> GitError
  ) {
    self.handle = handle
    self.shallowCommits = shallowCommits
    self.isFirstParentOnly = isFirstParentOnly
    self.missing = missing
  }

  mutating func node(_ id: ObjectID) throws(GitError) -> Node {
    if let known = nodes[id] { return known }
    var pointer: OpaquePointer?
    var oid = id.oid
    guard git_commit_lookup(&pointer, handle.pointer, &oid) == 0 else { throw missing(id) }
    defer { git_commit_free(pointer) }
    let isEnd = shallowCommits.contains(id)
    let count = isEnd ? 0 : git_commit_parentcount(pointer)
    let parents = (0..<(isFirstParentOnly ? min(count, 1) : count)).map {
      ObjectID(git_commit_parent_id(pointer, $0).pointee)
    }
    let node = Node(parents: parents, time: git_commit_time(pointer))
    nodes[id] = node
    return node
  }

  // MARK: Ranges

  /// The newest commits reachable from `tips`, newest first, while `isWanted` and at most `limit`.
  mutating func newest(
    _ tips: [ObjectID], limit: Int, isWanted: (ObjectID, Node) -> Bool = { _, _ in true }
  ) throws(GitError) -> [ObjectID] {
    var front = Front()
    var found: [ObjectID] = []
    for tip in tips { front.add(tip, [], time: try node(tip).time) }
    while found.count < limit, let (id, _) = front.popNewest() {
      let node = try node(id)
      guard isWanted(id, node) else { break }
      found.append(id)
      // Not one step further than needed: a parent may be missing.
      if found.count == limit { break }
      for parent in node.parents where front[parent] == nil {
        front.add(parent, [], time: try self.node(parent).time)
      }
    }
    return found
  }

  /// The commits reachable from `included` and not from `excluded`, newest first.
  ///
  /// Dates may lie (clocks do): like git, it looks at five commits more than dates demand.
  mutating func commits(
    from included: [ObjectID], excluding excluded: [ObjectID]
  ) throws(GitError) -> [ObjectID] {
    let patience = 5
    var left = patience
    var front = Front()
    var found: [ObjectID] = []
    var lastTime = Int64.max
    for id in excluded { front.add(id, .excluded, time: try node(id).time) }
    for id in included { front.add(id, [], time: try node(id).time) }
    while let (id, mark) = front.popNewest() {
      guard mark.contains(.excluded) else {
        found.append(id)
        lastTime = try node(id).time
        for parent in try node(id).parents where front[parent] == nil {
          front.add(parent, [], time: try node(parent).time)
        }
        continue
      }
      exclude(parentsOf: id, in: &front)
      guard let next = front.newestTime else { break }
      left = lastTime <= next || front.openCount(of: .excluded) > 0 ? patience : left - 1
      if left == 0 { break }
    }
    return found.filter { front[$0]?.contains(.excluded) == false }
  }

  /// Excludes the parents and, where the walk was there before, what they stand on.
  ///
  /// What is excluded is only looked at, so a gap in it does no harm.
  private mutating func exclude(parentsOf id: ObjectID, in front: inout Front) {
    var waiting = [id]
    while let id = waiting.popLast() {
      for parent in (try? node(id).parents) ?? [] {
        guard let before = front[parent] else {
          if let time = try? node(parent).time { front.add(parent, .excluded, time: time) }
          continue
        }
        guard !before.contains(.excluded) else { continue }
        front.mark(parent, .excluded)
        if !before.contains(.queued) { waiting.append(parent) }
      }
    }
  }

  // MARK: Order

  /// Each commit once, by date.
  mutating func newestFirst(_ ids: [ObjectID]) throws(GitError) -> [ObjectID] {
    var front = Front()
    for id in ids { front.add(id, [], time: try node(id).time) }
    var ordered: [ObjectID] = []
    while let (id, _) = front.popNewest() { ordered.append(id) }
    return ordered
  }

  /// Parents before children, and the commits of one line of work together.
  ///
  /// - Parameter newestFirst: a closed selection, as the other functions give it.
  mutating func oldestFirst(_ newestFirst: [ObjectID]) throws(GitError) -> [ObjectID] {
    var children = Dictionary(newestFirst.map { ($0, 0) }, uniquingKeysWith: { first, _ in first })
    for id in newestFirst {
      for parent in try node(id).parents { children[parent]? += 1 }
    }
    var ready: [ObjectID] = newestFirst.reversed().filter { children[$0] == 0 }
    var ordered: [ObjectID] = []
    while let id = ready.popLast() {
      ordered.append(id)
      for parent in try node(id).parents {
        guard let count = children[parent] else { continue }
        children[parent] = count - 1
        if count == 1 { ready.append(parent) }
      }
    }
    return ordered.reversed()
  }

  // MARK: Merge bases

  /// The newest common ancestors of two commits, best first; empty when they share no history.
  ///
  /// Colours both sides down to where they meet (git's `paint_down_to_common`).
  mutating func mergeBases(_ one: ObjectID, _ other: ObjectID) throws(GitError) -> [ObjectID] {
    if one == other { return [one] }
    var front = Front()
    var found: [ObjectID] = []
    front.add(one, .left, time: try node(one).time)
    front.add(other, .right, time: try node(other).time)
    while front.openCount(of: .stale) > 0, let (id, mark) = front.popNewest() {
      var colour = mark.intersection([.left, .right, .stale])
      if colour == [.left, .right] {
        found.append(id)
        colour.insert(.stale)
      }
      for parent in try node(id).parents
      where front[parent]?.isSuperset(of: colour) != true {
        front.add(parent, colour, time: try node(parent).time)
      }
    }
    return found.filter { front[$0]?.contains(.stale) == false }
  }
}
