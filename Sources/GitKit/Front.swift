extension CommitWalk {
  /// What a walk knows of a commit.
  struct Mark: OptionSet {
    let rawValue: UInt8
    static let queued = Mark(rawValue: 1)
    static let excluded = Mark(rawValue: 2)
    /// Reachable from the first, or the second, of two commits.
    static let left = Mark(rawValue: 4)
    static let right = Mark(rawValue: 8)
    /// An ancestor of a common ancestor.
    static let stale = Mark(rawValue: 16)
  }

  /// The commits that wait to be looked at, newest first, and the marks of all seen so far.
  struct Front {
    private var marks: [ObjectID: Mark] = [:]
    /// By date, the newest last; of equal age the one that came first.
    private var waiting: [(id: ObjectID, time: Int64)] = []
    private var markedCounts: [Mark.RawValue: Int] = [:]

    var newestTime: Int64? { waiting.last?.time }

    subscript(id: ObjectID) -> Mark? { marks[id] }

    /// How many waiting commits lack the mark, in constant time, since it is asked for each commit.
    func openCount(of mark: Mark) -> Int { waiting.count - markedCounts[mark.rawValue, default: 0] }

    /// Marks a commit and lets it wait, once.
    ///
    /// Moves those behind its place, which are few, as history is walked by date.
    mutating func add(_ id: ObjectID, _ mark: Mark, time: Int64) {
      if marks[id]?.contains(.queued) != true {
        var low = 0
        var high = waiting.count
        while low < high {
          let middle = (low + high) / 2
          if waiting[middle].time < time { low = middle + 1 } else { high = middle }
        }
        waiting.insert((id, time), at: low)
        count(marks[id, default: []], by: 1)
        marks[id, default: []].insert(.queued)
      }
      self.mark(id, mark)
    }

    /// Adds a mark to a commit that was seen before.
    mutating func mark(_ id: ObjectID, _ mark: Mark) {
      let before = marks[id, default: []]
      if before.contains(.queued) { count(mark.subtracting(before), by: 1) }
      marks[id] = before.union(mark)
    }

    mutating func popNewest() -> (ObjectID, Mark)? {
      guard let id = waiting.popLast()?.id else { return nil }
      let mark = marks[id, default: []].subtracting(.queued)
      marks[id] = mark
      count(mark, by: -1)
      return (id, mark)
    }

    private mutating func count(_ mark: Mark, by step: Int) {
      for one in [Mark.excluded, .stale] where mark.contains(one) {
        markedCounts[one.rawValue, default: 0] += step
      }
    }
  }
}
