/// What a token is: one case for each keyword and punctuator, one for each class of the rest.
public enum TokenKind: UInt8, Sendable, CaseIterable {
  // Classes. `identifier` stays first: it is by far the most frequent.
  case identifier, number, string, character
  /// `<linux/fs.h>` after `#include`.
  case header
  /// The `#` that begins a directive.
  case directive
  /// A byte that C has no use for.
  case other

  // Keywords, the spellings with underscores included.
  case auto, `break`, `case`, char, const, `continue`, `default`, `do`, double, `else`, `enum`
  case extern, float, `for`, goto, `if`, inline, int, long, register, restrict, `return`, short
  case signed, sizeof, `static`, `struct`, `switch`, typedef, typeof, union, unsigned, void
  case volatile, `while`, asm, attribute

  // Punctuators.
  case leftBrace, rightBrace, leftParenthesis, rightParenthesis, leftBracket, rightBracket
  case semicolon, comma, dot, arrow, ellipsis, colon, question, hash, hashHash
  case assign, addAssign, subtractAssign, multiplyAssign, divideAssign, remainderAssign
  case andAssign, orAssign, xorAssign, shiftLeftAssign, shiftRightAssign
  case plus, minus, star, slash, percent, ampersand, bar, caret, tilde, exclamation
  case less, greater, lessOrEqual, greaterOrEqual, equal, notEqual, logicalAnd, logicalOr
  case shiftLeft, shiftRight, increment, decrement

  /// True for C's reserved words.
  public var isKeyword: Bool {
    rawValue >= TokenKind.auto.rawValue && rawValue <= TokenKind.attribute.rawValue
  }

  /// True for operators and separators.
  public var isPunctuator: Bool { rawValue >= TokenKind.leftBrace.rawValue }

  /// True for `int`, `unsigned`, `struct`, … which can only be part of a type.
  public var isTypeWord: Bool {
    switch self {
    case .char, .double, .enum, .float, .int, .long, .short, .signed, .struct, .typeof, .union,
      .unsigned, .void:
      true
    default: false
    }
  }

  /// Every reserved word with all its spellings.
  static let keywords: [(String, TokenKind)] = [
    ("auto", .auto), ("break", .break), ("case", .case), ("char", .char), ("const", .const),
    ("continue", .continue), ("default", .default), ("do", .do), ("double", .double),
    ("else", .else), ("enum", .enum), ("extern", .extern), ("float", .float), ("for", .for),
    ("goto", .goto), ("if", .if), ("inline", .inline), ("__inline", .inline),
    ("__inline__", .inline), ("__always_inline", .inline), ("int", .int), ("long", .long),
    ("register", .register), ("restrict", .restrict), ("__restrict", .restrict),
    ("__restrict__", .restrict), ("return", .return), ("short", .short), ("signed", .signed),
    ("__signed__", .signed), ("sizeof", .sizeof), ("static", .static), ("struct", .struct),
    ("switch", .switch), ("typedef", .typedef), ("typeof", .typeof), ("__typeof__", .typeof),
    ("__typeof", .typeof), ("union", .union), ("unsigned", .unsigned), ("void", .void),
    ("volatile", .volatile), ("__volatile__", .volatile), ("__volatile", .volatile),
    ("while", .while), ("asm", .asm), ("__asm__", .asm), ("__asm", .asm),
    ("__const", .const), ("__const__", .const),
    ("__attribute__", .attribute), ("__attribute", .attribute),
  ]
}
