public import Findings
internal import Foundation

/// What became of the findings between two versions of a series.
public struct Comparison: Sendable, Encodable {
  public struct Still: Sendable, Encodable {
    public var old: Finding
    public var new: Finding
  }

  /// A patch of either version, or of both; numbers from 1.
  public struct Patch: Sendable, Encodable {
    public var old: Int?
    public var new: Int?
    public var subject: String

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(old, forKey: .old)
      try container.encode(new, forKey: .new)
      try container.encode(subject, forKey: .subject)
    }

    private enum CodingKeys: String, CodingKey {
      case old
      case new
      case subject
    }
  }

  /// In the order of the new version; what is gone comes last.
  public let patches: [Patch]
  public let fixed: [Finding]
  public let still: [Still]
  public let new: [Finding]

  /// Compares what counts in both.
  ///
  /// A finding is the same when it has the same fingerprint, as often as it occurs; else when it is
  /// of the same type in the same function of the same file, and in patches that are a pair.
  public init(old: SeriesVersion, new: SeriesVersion) {
    let pairs = PatchPairs(old, new).pairs
    let (before, after) = (old.result.range.commits, new.result.range.commits)
    patches = pairs.map { pair in
      Patch(
        old: pair.old.map { before[$0].patch }, new: pair.new.map { after[$0].patch },
        subject: pair.new.map { after[$0].subject } ?? pair.old.map { before[$0].subject } ?? "")
    }
    let partner = Dictionary(
      pairs.compactMap { pair in
        pair.old.flatMap { left in pair.new.map { (before[left].oid, after[$0].oid) } }
      }, uniquingKeysWith: { one, _ in one })
    var left = old.result.counted
    var rest: [Finding] = []
    var found: [Still] = []
    for finding in new.result.counted {
      if let index = left.firstIndex(where: { $0.fingerprint == finding.fingerprint }) {
        found.append(Still(old: left.remove(at: index), new: finding))
      } else {
        rest.append(finding)
      }
    }
    var fresh: [Finding] = []
    for finding in rest {
      let index = left.firstIndex { other in
        other.type == finding.type && other.function == finding.function
          && other.file == finding.file
          && other.commit.flatMap { partner[$0] } == finding.commit
      }
      if let index {
        found.append(Still(old: left.remove(at: index), new: finding))
      } else {
        fresh.append(finding)
      }
    }
    still = found.sorted { Finding.comesBefore($0.new, $1.new) }
    fixed = left
    self.new = fresh
  }

  /// The comparison as JSON, keys sorted.
  public var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }
}
