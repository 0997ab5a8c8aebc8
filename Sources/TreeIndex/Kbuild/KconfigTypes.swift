/// Which symbols of one Kconfig file may be `m`.
struct KconfigTypes: Sendable {
  /// Symbols whose type the file says; the first entry that does counts.
  private(set) var isTristate: [String: Bool] = [:]

  init(_ text: String) {
    var symbol: Substring.UTF8View?
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(maxSplits: 2, whereSeparator: { $0 == 0x20 || $0 == 0x09 })
      guard let first = words.first else { continue }
      if Self.entries.contains(where: first.elementsEqual) {
        symbol = words.count > 1 ? words[1] : nil
      } else if let name = symbol {
        if Self.tristates.contains(where: first.elementsEqual) {
          add(name, true)
          symbol = nil
        } else if Self.booleans.contains(where: first.elementsEqual) {
          add(name, false)
          symbol = nil
        }
      }
    }
  }

  private mutating func add(_ name: Substring.UTF8View, _ answer: Bool) {
    let name = String(decoding: name, as: UTF8.self)
    if isTristate[name] == nil { isTristate[name] = answer }
  }

  private static let entries = ["config".utf8, "menuconfig".utf8]
  private static let tristates = ["tristate".utf8, "def_tristate".utf8]
  private static let booleans = ["bool".utf8, "def_bool".utf8, "boolean".utf8]
}
