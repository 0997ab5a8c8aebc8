import Testing

@testable import CSyntax

@Suite struct LexerTests {
  private func spellings(_ text: String) -> [String] {
    let source = SourceTokens(text)
    return source.tokens.indices.map { source.text($0) }
  }

  @Test(arguments: [
    ("a->b.c", ["a", "->", "b", ".", "c"]),
    ("x<<=y>>z", ["x", "<<=", "y", ">>", "z"]),
    ("f(a, ...)", ["f", "(", "a", ",", "...", ")"]),
    ("0x1fUL 1.5e-3 .5f 0xe+1", ["0x1fUL", "1.5e-3", ".5f", "0xe", "+", "1"]),
    ("a /* b */ c // d\ne", ["a", "c", "e"]),
    ("a /* never ends", ["a"]),
    ("// continued \\\n still comment\nx", ["x"]),
    (#""a \" b" 'c' '\''"#, [#""a \" b""#, "'c'", #"'\''"#]),
    ("\"never ends\nx", ["\"never ends", "x"]),
    ("\"ends with the file\\", ["\"ends with the file\\"]),
    ("a \\\n b", ["a", "b"]),
    ("a##b #c", ["a", "##", "b", "#", "c"]),
    (
      "#include <linux/fs.h>\na < b > c", ["#", "include", "<linux/fs.h>", "a", "<", "b", ">", "c"]
    ),
    ("naïve", ["naïve"]),
    ("a @ b", ["a", "@", "b"]),
    ("", []),
  ])
  func cutsIntoTokens(text: String, expected: [String]) {
    #expect(spellings(text) == expected)
  }

  @Test func knowsKeywordsInEverySpelling() {
    let kinds = SourceTokens("__inline__ int __attribute__ staticx static").tokens.map(\.kind)
    #expect(kinds == [.inline, .int, .attribute, .identifier, .static])
  }

  @Test func marksDirectivesToTheEndOfTheirContinuedLine() {
    let source = SourceTokens("#define A \\\n  b /* c\n d */ e\nf # g")
    #expect(
      source.tokens.map(\.isDirective) == [true, true, true, true, true, false, false, false])
    #expect(source.tokens.map(\.line) == [1, 1, 1, 2, 3, 4, 4, 4])
    #expect(source.tokens[6].kind == .hash)
  }

  @Test func countsLinesInsideCommentsAndStrings() {
    let source = SourceTokens("/* 1\n 2\n*/ a \"b\\\nc\" d")
    #expect(source.tokens.map(\.line) == [3, 3, 4])
  }

  @Test func takesAnyBytes() {
    let bytes = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 3) }
    let tokens = Lexer.tokens(of: bytes)
    var end = 0
    for token in tokens {
      #expect(token.range.lowerBound >= end)
      end = token.range.upperBound
    }
    #expect(end <= bytes.count)
    #expect(tokens.count > 100)
  }

  @Test func fiveMegabytesOnOneLineAreQuick() {
    let bytes = Array(String(repeating: "a+", count: 2_500_000).utf8)
    #expect(Lexer.tokens(of: bytes).count == 5_000_000)
  }
}
