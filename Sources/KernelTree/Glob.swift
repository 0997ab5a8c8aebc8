/// A name pattern with `*` and `?`, as make and Kconfig use them.
struct Glob {
  private let pattern: [UInt8]

  init(_ pattern: some StringProtocol) { self.pattern = Array(pattern.utf8) }

  /// True when the pattern has no special character.
  var isPlain: Bool { !pattern.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") } }

  /// Whether the whole name matches; linear but for one retry point, so never exponential.
  func matches(_ name: some StringProtocol) -> Bool {
    let name = Array(name.utf8)
    var (at, index) = (0, 0)
    var star: (pattern: Int, name: Int)?
    while index < name.count {
      if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
        star = (at, index)
        at += 1
      } else if at < pattern.count,
        pattern[at] == UInt8(ascii: "?") || pattern[at] == name[index]
      {
        at += 1
        index += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        at = last.pattern + 1
        index = last.name + 1
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
