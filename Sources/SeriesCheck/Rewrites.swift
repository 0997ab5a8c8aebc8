/// Tells which patches of a series rewrite what earlier ones added, by following each line from the
/// patch that brings it in to the one that takes it away.
public struct Rewrites {
  /// What one patch does to one file.
  public struct Step {
    public var oldPath: String?
    public var newPath: String?
    public var old: [String]
    public var new: [String]
    /// Lines that go and lines that come in their place, from 1, in the order of the file.
    public var hunks: [(old: ClosedRange<Int>?, new: ClosedRange<Int>?)]

    public init(
      oldPath: String?, newPath: String?, old: [String], new: [String],
      hunks: [(old: ClosedRange<Int>?, new: ClosedRange<Int>?)]
    ) {
      (self.oldPath, self.newPath) = (oldPath, newPath)
      (self.old, self.new, self.hunks) = (old, new, hunks)
    }
  }

  /// Where a line of the series came in.
  struct Origin {
    let patch: Int
    let path: String
    let line: Int
  }

  /// A line that a patch takes away, and where it stood.
  private struct Loss {
    let origin: Origin
    let text: String
    let place: Rewrite.Place
  }

  /// Patches that are shorter are changed, not rewritten.
  static let shortest = 10

  /// For each line of each touched file where it came in; nil for what the base had.
  private var origins: [String: [Origin?]] = [:]
  /// How many lines each patch adds, without those that hold no word.
  private var sizes: [Int] = []
  private var lost: [[Loss]] = []

  public init() {}

  /// Follows one patch more, the oldest first.
  public mutating func add(_ steps: [Step]) {
    var losses: [Loss] = []
    var arrivals: [String: Int] = [:]
    var after: [String: [Origin?]] = [:]
    for step in steps {
      let lines = walk(step, &losses, &arrivals)
      if let path = step.newPath { after[path] = lines }
    }
    for path in steps.compactMap(\.oldPath) { origins[path] = nil }
    origins.merge(after) { $1 }
    sizes.append(arrivals.values.reduce(0, +))
    // What comes in elsewhere with the same patch was moved, whatever its indentation.
    lost.append(
      losses.filter { loss in
        guard let count = arrivals[loss.text], count > 0 else { return true }
        arrivals[loss.text] = count - 1
        return false
      })
  }

  /// The origins of a file's lines after a step.
  private func walk(_ step: Step, _ losses: inout [Loss], _ arrivals: inout [String: Int])
    -> [Origin?]
  {
    let before = step.oldPath.flatMap { origins[$0] } ?? []
    func born(_ line: Int) -> Origin? {
      before.indices.contains(line - 1) ? before[line - 1] : nil
    }
    let path = step.newPath ?? step.oldPath ?? ""
    var after: [Origin?] = []
    var next = 1
    for hunk in step.hunks {
      let start = hunk.old?.lowerBound ?? next + (hunk.new?.lowerBound ?? 1) - 1 - after.count
      while next < start {
        after.append(born(next))
        next += 1
      }
      for line in hunk.old.map(Array.init) ?? [] {
        next = line + 1
        guard let text = Self.words(of: line, in: step.old), let origin = born(line) else {
          continue
        }
        let place = Rewrite.Place(path: path, line: hunk.new?.lowerBound ?? max(1, after.count))
        losses.append(Loss(origin: origin, text: text, place: place))
      }
      for line in hunk.new.map(Array.init) ?? [] {
        after.append(Origin(patch: sizes.count, path: path, line: line))
        if let text = Self.words(of: line, in: step.new) { arrivals[text, default: 0] += 1 }
      }
    }
    while next <= step.old.count {
      after.append(born(next))
      next += 1
    }
    return after
  }

  /// A line without the space around it; nil if it holds no word.
  private static func words(of line: Int, in lines: [String]) -> String? {
    guard lines.indices.contains(line - 1) else { return nil }
    let text = lines[line - 1].drop { $0.isWhitespace }
    guard text.contains(where: { $0.isLetter || $0.isNumber }),
      let end = text.lastIndex(where: { !$0.isWhitespace })
    else { return nil }
    return String(text[...end])
  }

  /// Every pair of patches of which the later takes away more than half of what the earlier added.
  public var found: [Rewrite] {
    lost.enumerated().flatMap { later, losses -> [Rewrite] in
      Dictionary(grouping: losses, by: \.origin.patch).sorted { $0.key < $1.key }
        .compactMap { earlier, losses in
          guard sizes[earlier] >= Self.shortest, losses.count * 2 > sizes[earlier] else {
            return nil
          }
          return Self.rewrite(of: earlier, by: later, losses, size: sizes[earlier])
        }
    }
  }

  /// Named at the first line that goes, in the file that loses most.
  private static func rewrite(of earlier: Int, by later: Int, _ losses: [Loss], size: Int)
    -> Rewrite?
  {
    let files = Dictionary(grouping: losses, by: \.origin.path)
    let most = files.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
    guard let first = most?.value.min(by: { $0.origin.line < $1.origin.line }) else { return nil }
    return Rewrite(
      earlier: earlier, later: later,
      added: .init(path: first.origin.path, line: first.origin.line), removed: first.place,
      lines: losses.count, size: size)
  }
}
