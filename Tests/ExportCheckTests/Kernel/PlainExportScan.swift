/// Finds uses of export macros without the project's lexer: bytes, no comments, no strings.
struct PlainExportScan {
  struct Use: Hashable {
    var line: Int
    var macro: String
    var argument: String
    /// Inside a preprocessor line.
    var isDirective: Bool
  }

  private(set) var uses: [Use] = []

  init(_ text: String) {
    let lines = Self.stripped(Array(text.utf8)).split(
      separator: 10, omittingEmptySubsequences: false)
    var isDirective = false
    var number = 0
    for line in lines {
      number += 1
      let first = line.first { $0 != 32 && $0 != 9 }
      let continues = isDirective
      isDirective = (continues || first == UInt8(ascii: "#"))
      scan(String(decoding: line, as: UTF8.self), number, isDirective)
      if line.last != UInt8(ascii: "\\") { isDirective = false }
    }
  }

  private mutating func scan(_ line: String, _ number: Int, _ isDirective: Bool) {
    guard line.contains("EXPORT_") else { return }
    var rest = line[...]
    while let range = rest.range(of: "EXPORT_") {
      var start = range.lowerBound
      while start > line.startIndex, Self.isWord(line[line.index(before: start)]) {
        start = line.index(before: start)
      }
      let end = line[start...].firstIndex { !Self.isWord($0) } ?? line.endIndex
      rest = line[end...]
      let macro = String(line[start..<end])
      let after = rest.drop { $0 == " " || $0 == "\t" }
      guard macro.contains("SYMBOL"), after.first == "(" else { continue }
      let argument = after.dropFirst().drop { $0 == " " || $0 == "\t" }.prefix {
        Self.isWord($0) || $0 == "$"
      }
      uses.append(
        Use(line: number, macro: macro, argument: String(argument), isDirective: isDirective))
    }
  }

  private static func isWord(_ character: Character) -> Bool {
    character == "_" || (character.isASCII && (character.isLetter || character.isNumber))
  }

  /// The bytes with comments, strings and characters blanked.
  private static func stripped(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var index = 0
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if let open = quote {
        if byte == UInt8(ascii: "\\") {
          index += 2
          continue
        }
        if byte == open || byte == 10 { quote = nil } else { result[index] = 32 }
      } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
        let start = index
        index += 2
        while index + 1 < bytes.count,
          !(bytes[index] == UInt8(ascii: "*") && bytes[index + 1] == UInt8(ascii: "/"))
        {
          index += 1
        }
        // Line ends stay, and what continues a line.
        for position in start..<min(index + 2, bytes.count) where bytes[position] != 10 {
          let continues = bytes[position] == UInt8(ascii: "\\") && bytes[position + 1] == 10
          if !continues { result[position] = 32 }
        }
        index += 1
      } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "/") {
        while index < bytes.count, bytes[index] != 10 {
          result[index] = 32
          index += 1
        }
        continue
      } else if byte == UInt8(ascii: "\"") {
        quote = byte
      }
      index += 1
    }
    return result
  }
}
