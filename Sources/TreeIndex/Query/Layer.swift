/// A segment, and which of its files still count.
struct Layer: Sendable {
  let segment: Segment
  /// Numbers of files that a later layer replaces or removes.
  let hidden: Set<Int>

  /// The segment with the files hidden that `above` speaks of.
  init(_ segment: Segment, under above: [Segment]) throws(IndexError) {
    self.segment = segment
    var hidden: Set<Int> = []
    for other in above {
      for index in 0..<other.fileCount {
        if let own = try segment.file(at: try other.file(index).path) { hidden.insert(own) }
      }
      for path in try other.removed() {
        if let own = try segment.file(at: path) { hidden.insert(own) }
      }
    }
    self.hidden = hidden
  }
}
