/// Cuts unpreprocessed C into tokens, comments and line continuations left out.
///
/// Takes any bytes: what is unterminated ends at the end of its line (literals) or of the file
/// (comments), and a byte that C has no use for is a token of kind `other`. One pass, O(n).
public struct Lexer {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let classes: UnsafePointer<ByteClass>
  private let keywords: KeywordTable
  private var position = 0
  private var line: Int32 = 1
  private var isLineStart = true
  private var isDirective = false
  /// True between `#include` and what it includes.
  private var expectsHeader = false

  private init(
    _ bytes: UnsafeBufferPointer<UInt8>, classes: UnsafePointer<ByteClass>, keywords: KeywordTable
  ) {
    self.bytes = bytes
    self.classes = classes
    self.keywords = keywords
  }

  /// All tokens of `bytes`; a file beyond 4 GB is cut there.
  public static func tokens(of bytes: UnsafeBufferPointer<UInt8>) -> [Token] {
    let limit = min(bytes.count, Int(UInt32.max))
    var result: [Token] = []
    result.reserveCapacity(limit / 5 + 8)
    ByteClass.table.withUnsafeBufferPointer { classes in
      var lexer = Lexer(
        UnsafeBufferPointer(rebasing: bytes[..<limit]), classes: classes.baseAddress!,
        keywords: .shared)
      while let token = lexer.next() { result.append(token) }
    }
    return result
  }

  /// All tokens of `bytes`.
  public static func tokens(of bytes: [UInt8]) -> [Token] {
    bytes.withUnsafeBufferPointer { tokens(of: $0) }
  }

  @inline(__always)
  private func peek(_ ahead: Int) -> UInt8 {
    let at = position &+ ahead
    return at < bytes.count ? bytes[at] : 0
  }

  private mutating func next() -> Token? {
    skipBlanks()
    guard position < bytes.count else { return nil }
    let start = position
    let startLine = line
    let atLineStart = isLineStart
    isLineStart = false
    var hash: UInt32 = 0
    let byte = bytes[position]
    var kind = TokenKind.other
    switch classes[Int(byte)] {
    case .letter:
      hash = scanWord()
      kind = keywords.kind(hash: hash, bytes: bytes[start..<position])
      if isDirective { noteDirectiveWord(start) }
    case .digit:
      hash = scanNumber()
      kind = .number
    case .quote:
      scanLiteral(byte)
      kind = byte == UInt8(ascii: "\"") ? .string : .character
      expectsHeader = false
    default:
      if byte == UInt8(ascii: "#") && atLineStart {
        isDirective = true
        position += 1
        kind = .directive
      } else if byte == UInt8(ascii: ".") && classes[Int(peek(1))] == .digit {
        hash = scanNumber()
        kind = .number
      } else if expectsHeader && byte == UInt8(ascii: "<") {
        scanHeader()
        kind = .header
      } else {
        let (punctuator, length) = Punctuators.match(byte, peek(1), peek(2))
        kind = punctuator
        position += length
      }
    }
    return Token(
      kind: kind, start: UInt32(truncatingIfNeeded: start),
      length: UInt32(truncatingIfNeeded: position - start), line: startLine, hash: hash,
      isDirective: isDirective)
  }

  /// Steps over white space, comments and continued lines; ends a directive at its line's end.
  private mutating func skipBlanks() {
    while position < bytes.count {
      let byte = bytes[position]
      switch classes[Int(byte)] {
      case .newline:
        line &+= 1
        isLineStart = true
        isDirective = false
        expectsHeader = false
        position += 1
      case .blank:
        position += 1
      case .backslash:
        guard let length = continuationLength() else { return }
        position += length
        line &+= 1
      case .slash:
        let following = peek(1)
        if following == UInt8(ascii: "*") {
          skipBlockComment()
        } else if following == UInt8(ascii: "/") {
          skipLineComment()
        } else {
          return
        }
      default:
        return
      }
    }
  }

  /// How many bytes a backslash, blanks and a newline take here; nil when it is no continuation.
  private func continuationLength() -> Int? {
    var at = position + 1
    while at < bytes.count, classes[Int(bytes[at])] == .blank { at += 1 }
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\n") else { return nil }
    return at + 1 - position
  }

  private mutating func skipBlockComment() {
    position += 2
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\n") {
        line &+= 1
      } else if byte == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/") {
        position += 2
        return
      }
      position += 1
    }
  }

  private mutating func skipLineComment() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
      if bytes[position] == UInt8(ascii: "\\"), let length = continuationLength() {
        position += length
        line &+= 1
      } else {
        position += 1
      }
    }
  }

  private mutating func scanWord() -> UInt32 {
    var hash = FNV.start
    while position < bytes.count {
      let byte = bytes[position]
      guard classes[Int(byte)].rawValue <= ByteClass.digit.rawValue else { break }
      hash = (hash ^ UInt32(byte)) &* FNV.prime
      position &+= 1
    }
    return hash
  }

  private mutating func scanNumber() -> UInt32 {
    let start = position
    let isHexadecimal =
      bytes[position] == UInt8(ascii: "0") && (peek(1) | 0x20) == UInt8(ascii: "x")
    let exponent = isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")
    var last: UInt8 = 0
    while position < bytes.count {
      let byte = bytes[position]
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      guard
        classes[Int(byte)].rawValue <= ByteClass.digit.rawValue || byte == UInt8(ascii: ".")
          || (isSign && last == exponent)
      else { break }
      last = byte | 0x20
      position += 1
    }
    return FNV.hash(bytes[start..<position])
  }

  private mutating func scanLiteral(_ quote: UInt8) {
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\n") { return }
      if byte == UInt8(ascii: "\\") {
        if let length = continuationLength() {
          position += length
          line &+= 1
        } else {
          position = min(position + 2, bytes.count)
        }
        continue
      }
      position += 1
      if byte == quote { return }
    }
  }

  private mutating func scanHeader() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
      position += 1
      if bytes[position - 1] == UInt8(ascii: ">") { break }
    }
    expectsHeader = false
  }

  /// Notes whether the directive's word from `start` on calls for a header name.
  private mutating func noteDirectiveWord(_ start: Int) {
    let word = bytes[start..<position]
    expectsHeader = word.elementsEqual("include".utf8) || word.elementsEqual("include_next".utf8)
  }
}
