/// The operators and separators of C, longest first.
enum Punctuators {
  /// The punctuator at `first`, given the two bytes that follow, and its length.
  static func match(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> (TokenKind, Int) {
    let isAssignment = second == UInt8(ascii: "=")
    let isTwice = second == first
    switch first {
    case UInt8(ascii: "("): return (.leftParenthesis, 1)
    case UInt8(ascii: ")"): return (.rightParenthesis, 1)
    case UInt8(ascii: ";"): return (.semicolon, 1)
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: "{"): return (.leftBrace, 1)
    case UInt8(ascii: "}"): return (.rightBrace, 1)
    case UInt8(ascii: "["): return (.leftBracket, 1)
    case UInt8(ascii: "]"): return (.rightBracket, 1)
    case UInt8(ascii: "="): return isTwice ? (.equal, 2) : (.assign, 1)
    case UInt8(ascii: "-"):
      if second == UInt8(ascii: ">") { return (.arrow, 2) }
      return isTwice ? (.decrement, 2) : isAssignment ? (.subtractAssign, 2) : (.minus, 1)
    case UInt8(ascii: "+"):
      return isTwice ? (.increment, 2) : isAssignment ? (.addAssign, 2) : (.plus, 1)
    case UInt8(ascii: "&"):
      return isTwice ? (.logicalAnd, 2) : isAssignment ? (.andAssign, 2) : (.ampersand, 1)
    case UInt8(ascii: "|"):
      return isTwice ? (.logicalOr, 2) : isAssignment ? (.orAssign, 2) : (.bar, 1)
    case UInt8(ascii: "<"):
      if isTwice { return third == UInt8(ascii: "=") ? (.shiftLeftAssign, 3) : (.shiftLeft, 2) }
      return isAssignment ? (.lessOrEqual, 2) : (.less, 1)
    case UInt8(ascii: ">"):
      if isTwice { return third == UInt8(ascii: "=") ? (.shiftRightAssign, 3) : (.shiftRight, 2) }
      return isAssignment ? (.greaterOrEqual, 2) : (.greater, 1)
    case UInt8(ascii: "."):
      return isTwice && third == first ? (.ellipsis, 3) : (.dot, 1)
    case UInt8(ascii: "!"): return isAssignment ? (.notEqual, 2) : (.exclamation, 1)
    case UInt8(ascii: "*"): return isAssignment ? (.multiplyAssign, 2) : (.star, 1)
    case UInt8(ascii: "/"): return isAssignment ? (.divideAssign, 2) : (.slash, 1)
    case UInt8(ascii: "%"): return isAssignment ? (.remainderAssign, 2) : (.percent, 1)
    case UInt8(ascii: "^"): return isAssignment ? (.xorAssign, 2) : (.caret, 1)
    case UInt8(ascii: ":"): return (.colon, 1)
    case UInt8(ascii: "?"): return (.question, 1)
    case UInt8(ascii: "~"): return (.tilde, 1)
    case UInt8(ascii: "#"): return isTwice ? (.hashHash, 2) : (.hash, 1)
    default: return (.other, 1)
    }
  }
}
