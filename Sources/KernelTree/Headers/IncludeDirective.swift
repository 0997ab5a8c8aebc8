/// An `#include` as it is written; macros and `#if` are not looked at.
struct IncludeDirective: Hashable, Sendable {
  var name: String
  /// Written with quotes: the folder of the including file comes first.
  var isQuoted: Bool

  /// Every directive of a file, in order, those in comments and in dead branches too.
  static func all(in bytes: [UInt8]) -> [IncludeDirective] {
    var result: [IncludeDirective] = []
    var index = 0
    while index < bytes.count {
      let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if let directive = IncludeDirective(line: bytes[index..<end]) { result.append(directive) }
      index = end + 1
    }
    return result
  }

  private init?(line: ArraySlice<UInt8>) {
    var rest = line.drop(while: Self.isBlank)
    guard rest.first == UInt8(ascii: "#") else { return nil }
    rest = rest.dropFirst().drop(while: Self.isBlank)
    guard rest.starts(with: "include".utf8) else { return nil }
    rest = rest.dropFirst(7)
    if rest.starts(with: "_next".utf8) { rest = rest.dropFirst(5) }
    rest = rest.drop(while: Self.isBlank)
    guard let open = rest.first, open == UInt8(ascii: "\"") || open == UInt8(ascii: "<") else {
      return nil
    }
    let close = UInt8(ascii: open == UInt8(ascii: "<") ? ">" : "\"")
    rest = rest.dropFirst()
    guard let end = rest.firstIndex(of: close), end > rest.startIndex else { return nil }
    name = String(decoding: rest[..<end], as: UTF8.self)
    isQuoted = open == UInt8(ascii: "\"")
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
