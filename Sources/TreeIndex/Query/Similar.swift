public import CSyntax

extension TreeIndex {
  /// A function that has something in common with the asked one.
  public struct Match: Sendable, Equatable {
    public var file: String
    public var line: Int
    public var endLine: Int
    public var name: String
    public var isStatic: Bool
    /// Share of the asked function that the match seems to contain, 0…1: a guess from streams.
    public var containment: Double
    /// Share of the asked function's rare n-grams that the match has, weighted by rarity, 0…1.
    public var shared: Double
  }

  /// How many functions that share rare n-grams are compared by stream.
  private static let compared = 120
  /// Less in common than this is chance: copies share two tenths and more, since a third of the
  /// n-grams is kept.
  private static let smallestShare = 0.1

  /// Functions that the function `name` of this text may repeat, likeliest first; at most `limit`.
  ///
  /// Takes what shares rare n-grams and ranks it by how much of the asked function it contains.
  /// The asked function itself (same path, same name) is left out. The answer is empty when `text`
  /// has no such function or it is too short.
  ///
  /// - Parameter lines: Where only the tokens on these lines of the function are asked about.
  public func similar(
    to name: String, lines: ClosedRange<Int>? = nil, path: String, text: String, limit: Int
  ) throws(IndexError) -> [Match] {
    let outline = Outline(text)
    guard let item = outline.functions.first(where: { $0.name == name }) else { return [] }
    let prefix = NamePrefix(of: outline.functions.map(\.name))
    let form = FunctionForm(item, in: outline, prefix: prefix)
    let asked = form.tokens.filter { token in
      lines?.contains(Int(outline.source.tokens[Int(token.token)].line)) ?? true
    }
    return try similar(to: asked.map(\.meaning), name: name, path: path, limit: limit)
  }

  /// As above, for a function whose normal form is known.
  public func similar(to form: FunctionForm, name: String, path: String, limit: Int)
    throws(IndexError) -> [Match]
  {
    try similar(to: form.tokens.map(\.meaning), name: name, path: path, limit: limit)
  }

  private func similar(to meaning: [UInt32], name: String, path: String, limit: Int)
    throws(IndexError) -> [Match]
  {
    guard meaning.count >= Grams.smallestFunction else { return [] }
    let stream = meaning.map(ByteStream.byte)
    let grams = Set(Grams.all(of: meaning)).sorted()
    let comparer = StreamComparer(stream)
    var matches: [(rank: Double, match: Match)] = []
    for layer in layers {
      for (number, vote) in try layer.votes(for: grams).prefix(Self.compared) {
        guard vote >= Self.smallestShare else { break }
        let segment = layer.segment
        let function = try segment.function(number)
        let file = try segment.file(ofFunction: number)
        guard !layer.hidden.contains(file) else { continue }
        let common = comparer.common(with: try segment.stream(function))
        let containment = Double(common) / Double(stream.count)
        let coverage = Double(common) / Double(max(1, function.stream.count))
        let place = try segment.file(file).path
        let spelling = try segment.name(ofTerm: function.term)
        guard place != path || spelling != name else { continue }
        matches.append(
          (
            vote + containment + 0.3 * min(coverage, 1),
            Match(
              file: place, line: function.nameLine, endLine: function.endLine, name: spelling,
              isStatic: function.flags & FunctionFlag.isStatic != 0, containment: containment,
              shared: vote)
          ))
      }
    }
    matches.sort {
      $0.rank == $1.rank
        ? ($0.match.file, $0.match.line) < ($1.match.file, $1.match.line) : $0.rank > $1.rank
    }
    return matches.prefix(limit).map(\.match)
  }
}

extension Layer {
  /// Functions that share `grams`, with the share of their rarity that they share: best first.
  func votes(for grams: [UInt32]) throws(IndexError) -> [(function: Int, share: Double)] {
    var votes: [UInt32: Double] = [:]
    var total = 0.0
    let all = Double(max(2, segment.functionCount))
    for gram in grams {
      let functions = try segment.functions(withGram: gram)
      guard !functions.isEmpty else { continue }
      let weight = Self.log2(all / Double(functions.count))
      total += weight
      for function in functions { votes[function, default: 0] += weight }
    }
    guard total > 0 else { return [] }
    return votes.map { (Int($0.key), $0.value / total) }
      .sorted { $0.share == $1.share ? $0.function < $1.function : $0.share > $1.share }
  }

  /// Exact at powers of two and straight between: enough for weights, and needs no library.
  private static func log2(_ value: Double) -> Double {
    value <= 1 ? 0 : Double(value.exponent) + value.significand - 1
  }
}
