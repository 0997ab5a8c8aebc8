/// One logical line of a Kconfig file, cut into tokens.
struct KconfigLine {
  enum Token: Equatable {
    case word(String)
    case quoted(String)
    case sign(String)
  }

  var tokens: [Token] = []

  /// Cuts a line at blanks and signs; what follows `#` is a comment.
  init(_ line: Substring) {
    let bytes = line.utf8
    var index = bytes.startIndex
    func at(_ position: Substring.Index) -> UInt8? {
      position < bytes.endIndex ? bytes[position] : nil
    }
    while let byte = at(index) {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        index = bytes.index(after: index)
      case UInt8(ascii: "#"): return
      case UInt8(ascii: "\""), UInt8(ascii: "'"): index = quoted(line, from: index)
      case _ where Self.isWord(byte):
        var end = index
        while let next = at(end), Self.isWord(next) { end = bytes.index(after: end) }
        tokens.append(.word(String(line[index..<end])))
        index = end
      default:
        let next = bytes.index(after: index)
        let two = at(next) == nil ? "" : String(line[index...next])
        if ["&&", "||", "!=", "<=", ">=", ":=", "+="].contains(two) {
          tokens.append(.sign(two))
          index = bytes.index(after: next)
        } else {
          tokens.append(.sign(String(line[index..<next])))
          index = next
        }
      }
    }
  }

  private mutating func quoted(_ line: Substring, from start: Substring.Index) -> Substring.Index {
    let bytes = line.utf8
    let mark = bytes[start]
    var text: [UInt8] = []
    var index = bytes.index(after: start)
    while index < bytes.endIndex, bytes[index] != mark {
      if bytes[index] == UInt8(ascii: "\\"), bytes.index(after: index) < bytes.endIndex {
        index = bytes.index(after: index)
      }
      text.append(bytes[index])
      index = bytes.index(after: index)
    }
    tokens.append(.quoted(String(decoding: text, as: UTF8.self)))
    return index < bytes.endIndex ? bytes.index(after: index) : index
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "*"):
      true
    default: byte >= 0x80
    }
  }
}
