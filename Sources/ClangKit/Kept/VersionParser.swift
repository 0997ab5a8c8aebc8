import CSyntax

/// Parses one file after the other, further versions of the last one cheaply where that pays.
///
/// What it gives is the same as `RepairedParse` gives of each version alone.
final class VersionParser {
  private(set) var kept: KeptFile?

  /// Storing what the headers declare costs most of a parse: from so many versions on, the one at
  /// hand counted, it pays.
  private static let worth = 4

  func read(_ request: ParseRequest) throws(ParseError) -> SyntaxUnit {
    if let kept, kept.isSame(request) {
      if let unit = kept.read(request.text) { return unit }
      return try RepairedParse(request: request).read()
    }
    kept = nil
    guard request.further + 1 >= Self.worth, let file = try KeptFile(request),
      let unit = file.readFirst()
    else { return try RepairedParse(request: request).read() }
    kept = file
    return unit
  }
}
