/// An option that is set.
struct ConfigurationOption: Sendable, Equatable {
  enum Value: Sendable, Equatable {
    case yes
    case module
    /// As it is to be written in C, hexadecimal with `0x`.
    case number(String)
    case text(String)
  }

  /// Without `CONFIG_`.
  var name: String
  var value: Value

  /// As Makefiles see it: "y", "m", a number or a text.
  var text: String {
    switch value {
    case .yes: "y"
    case .module: "m"
    case .number(let number): number
    case .text(let text): text
    }
  }
}
