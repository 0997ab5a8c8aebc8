import CSyntax

/// The text of a file without the bodies of functions that swallow the next one.
///
/// After a brace or a quote that is missing the parser takes the functions below for part of the one
/// that lacks it. What is wrong there stays wrong, but the others need not be lost with it.
struct EmptiedFunctions {
  /// The file with those bodies left empty, line for line.
  private(set) var request: ParseRequest
  /// What is wrong with the functions that were emptied, for their distrust.
  private(set) var errors: [Diagnostic] = []
  private let outline: Outline
  private var emptied: Set<String> = []

  /// More functions than this of one file are not emptied.
  private static let limit = 4

  init(_ request: ParseRequest) {
    self.request = request
    outline = Outline(SourceTokens(request.text))
  }

  /// Empties the function above the first one that `unit` lacks; false when there is none.
  mutating func emptyNext(_ unit: SyntaxUnit) -> Bool {
    guard emptied.count < Self.limit, let culprit = culprit(unit) else { return false }
    emptied.insert(culprit.name)
    guard let body = bytes(of: culprit) else { return false }
    empty(body)
    let lines = Int32(culprit.startLine)...Int32(max(culprit.startLine, culprit.endLine))
    let inside = unit.diagnostics.first {
      $0.file == request.path && lines.contains($0.line)
    }
    errors.append(
      Diagnostic(
        file: request.path, line: Int32(culprit.startLine),
        message: inside?.message ?? "a brace or quote of it is missing"))
    return true
  }

  private func culprit(_ unit: SyntaxUnit) -> FunctionItem? {
    let seen = Set(unit.ownFunctions.map { unit.strings[$0.name] })
    var before: FunctionItem?
    for function in outline.functions {
      let isLeftOut = unit.inactive.contains { $0.contains(function.nameLine) }
      if isLeftOut || function.maker != nil { continue }
      if !seen.contains(function.name) {
        guard let before, !emptied.contains(before.name) else { return nil }
        return before
      }
      before = function
    }
    return nil
  }

  /// From the brace of a function to the one that the outline takes for its end.
  private func bytes(of function: FunctionItem) -> Range<Int>? {
    let tokens = outline.source.tokens
    let (open, close) = (function.body.lowerBound - 1, function.body.upperBound)
    guard open >= 0, close < tokens.count, tokens[open].kind == .leftBrace, open < close else {
      return nil
    }
    return tokens[open].range.lowerBound..<tokens[close].range.upperBound
  }

  private mutating func empty(_ body: Range<Int>) {
    for index in body where request.text[index] != UInt8(ascii: "\n") {
      request.text[index] = UInt8(ascii: " ")
    }
    request.text[body.lowerBound] = UInt8(ascii: "{")
    request.text[body.upperBound - 1] = UInt8(ascii: "}")
  }
}
