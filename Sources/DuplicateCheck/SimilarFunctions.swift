internal import BuiltinRules
internal import CSyntax
public import Findings

/// Ranks the functions of a tree that one function repeats.
public struct SimilarFunctions: Sendable {
  /// What a match is.
  public enum Verdict: String, Sendable, Codable {
    /// A copy, in whole or in part, with evidence beyond its shape.
    case duplicate
    /// Alike, as many functions are.
    case similar
  }

  /// A function that the asked one repeats.
  public struct Match: Sendable, Equatable, Codable {
    public var file: String
    public var line: Int
    public var function: String
    /// Twice the common part over both lengths, 0…1.
    public var similarity: Double
    /// Share of the asked function that stands in this one, 0…1.
    public var containment: Double
    public var verdict: Verdict
  }

  public init() {}

  /// Matches that are less alike than this are not shown.
  private static let leastContainment = 0.5
  /// How many likely twins are looked at for each match that is asked for.
  private static let candidatesPerMatch = 2

  /// The functions that `name` of `file` repeats, duplicates first, then by likeness; at most
  /// `limit`.
  ///
  /// - Parameter line: Which function, where the file has several of that name.
  /// - Returns: Nil when the file has no such function.
  public func matches(
    of name: String, line: Int? = nil, in file: FileVersion, knowing tree: any TreeKnowledge,
    limit: Int = 10
  ) -> [Match]? {
    guard let asked = SubjectFile(file).subject(named: name, line: line) else { return nil }
    let judge = Judge(rarity: Rarity(.builtin, tree: tree))
    let places = tree.similar(to: name, in: file, limit: limit * Self.candidatesPerMatch)
    var files: [String: SubjectFile] = [:]
    var found: [(rank: Double, match: Match)] = []
    for place in places where place.file != file.path || place.name != name {
      if files[place.file] == nil {
        files[place.file] = tree.text(of: place.file).map {
          SubjectFile(path: place.file, text: $0)
        }
      }
      guard let other = files[place.file]?.subject(named: place.name, line: place.line) else {
        continue
      }
      let there = Comparison(asked, other, rarity: judge.rarity)
      let back = Comparison(other, asked, rarity: judge.rarity)
      guard max(there.containment, back.containment) >= Self.leastContainment else { continue }
      let isCopy = judge.isCopy(there) || judge.isCopy(back)
      found.append(
        (
          (isCopy ? 4 : 0) + max(there.weighted, back.weighted) + there.similarity,
          Match(
            file: other.path, line: other.line, function: other.name,
            similarity: Self.rounded(there.similarity),
            containment: Self.rounded(there.containment), verdict: isCopy ? .duplicate : .similar)
        ))
    }
    found.sort {
      $0.rank == $1.rank
        ? ($0.match.file, $0.match.line) < ($1.match.file, $1.match.line) : $0.rank > $1.rank
    }
    return found.prefix(limit).map(\.match)
  }

  private static func rounded(_ share: Double) -> Double { (share * 1000).rounded(.down) / 1000 }
}
