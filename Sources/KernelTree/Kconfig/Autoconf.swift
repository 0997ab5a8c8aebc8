/// The header that tells C code what is configured: `#define CONFIG_X 1`, `CONFIG_Y_MODULE 1`.
enum Autoconf {
  /// Values by symbol without `CONFIG_`: "y", "m", a number, or a string without its quotes.
  static func symbols(in header: String) -> [String: String] {
    var result: [String: String] = [:]
    for line in header.split(separator: "\n") where line.hasPrefix("#define CONFIG_") {
      let parts = line.dropFirst(15).split(separator: " ", maxSplits: 1)
      guard let name = parts.first else { continue }
      let value = parts.count > 1 ? parts[1] : ""
      if value == "1" && name.hasSuffix("_MODULE") {
        result[String(name.dropLast(7))] = "m"
      } else if value.first == "\"" {
        result[String(name)] = String(value.dropFirst().dropLast())
      } else {
        result[String(name)] = value == "1" ? "y" : String(value)
      }
    }
    return result
  }

  /// The header for options that are set.
  static func header(of options: [ConfigurationOption]) -> String {
    var lines: [String] = []
    for option in options {
      switch option.value {
      case .yes: lines.append("#define CONFIG_\(option.name) 1")
      case .module: lines.append("#define CONFIG_\(option.name)_MODULE 1")
      case .number(let number): lines.append("#define CONFIG_\(option.name) \(number)")
      case .text(let text):
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        lines.append("#define CONFIG_\(option.name) \"\(escaped)\"")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
