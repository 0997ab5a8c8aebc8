/// A file's bytes and the tokens that they make.
public struct SourceTokens: Sendable {
  public let bytes: [UInt8]
  public let tokens: [Token]

  /// Cuts `bytes` into tokens, in O(n).
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    tokens = Lexer.tokens(of: bytes)
  }

  /// Cuts the UTF-8 of `text` into tokens.
  public init(_ text: String) { self.init(Array(text.utf8)) }

  /// The spelling of token number `index`.
  public func text(_ index: Int) -> String {
    String(decoding: bytes[tokens[index].range], as: UTF8.self)
  }

  /// True when token number `index` is spelt `text`.
  public func token(_ index: Int, is text: StaticString) -> Bool {
    let token = tokens[index]
    guard Int(token.length) == text.utf8CodeUnitCount else { return false }
    let spelling = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return bytes[token.range].elementsEqual(spelling)
  }

  /// True when the spelling of token number `index` begins with `prefix`.
  public func token(_ index: Int, hasPrefix prefix: StaticString) -> Bool {
    let spelling = UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
    return bytes[tokens[index].range].starts(with: spelling)
  }

  /// True when `part` occurs in the spelling of token number `index`.
  public func token(_ index: Int, contains part: StaticString) -> Bool {
    let part = UnsafeBufferPointer(start: part.utf8Start, count: part.utf8CodeUnitCount)
    let spelling = bytes[tokens[index].range]
    guard spelling.count >= part.count else { return false }
    return (spelling.startIndex...spelling.endIndex - part.count).contains { start in
      spelling[start...].starts(with: part)
    }
  }

  /// The spellings of a run of tokens with one space wherever the file has white space or a
  /// comment; directives are left out.
  public func text(_ range: Range<Int>) -> String {
    spelling(of: range) { !tokens[$0].isDirective }
  }

  /// The spellings of those tokens that `isIncluded` lets pass, spaced as in the file.
  func spelling(of range: Range<Int>, where isIncluded: (Int) -> Bool = { _ in true }) -> String {
    var result: [UInt8] = []
    var end: Int?
    for index in range where isIncluded(index) {
      let token = tokens[index]
      if let end, Int(token.start) > end { result.append(UInt8(ascii: " ")) }
      result.append(contentsOf: bytes[token.range])
      end = token.range.upperBound
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// True when token number `index` begins its line without indentation.
  func isAtLineStart(_ index: Int) -> Bool {
    let start = Int(tokens[index].start)
    return start == 0 || bytes[start - 1] == UInt8(ascii: "\n")
  }
}
