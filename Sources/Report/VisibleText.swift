extension StringProtocol {
  /// The text with every character made visible that could steer a terminal or hide others.
  ///
  /// File names, subjects and code come from whoever wrote the patch. Control characters, line
  /// ends, bidirectional overrides and invisible characters turn into `<U+001B>`.
  public func visible() -> String {
    guard unicodeScalars.contains(where: \.isUnprintable) else { return String(self) }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isUnprintable {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        text += "<U+" + String(repeating: "0", count: Swift.max(0, 4 - digits.count)) + digits + ">"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension String {
  /// Without spaces at the end.
  func trimmedAtEnd() -> String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension Unicode.Scalar {
  fileprivate var isUnprintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: true
    default: value >= 0xe0100 && value <= 0xe01ef
    }
  }
}
