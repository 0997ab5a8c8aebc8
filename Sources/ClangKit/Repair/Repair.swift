/// What stands in for a name that the parser does not know, so that the code around it is read.
enum Repair: Equatable, Sendable {
  /// A value of which nothing is known.
  case variable
  /// A value that the language wants to be constant, as a `case` does; unlike any other.
  case constant
  /// A function of which nothing is known.
  case function
  /// A type that holds a number.
  case type
  /// A word of a declaration that means nothing here.
  case attribute
  /// The same with arguments.
  case attributeCall
  /// A macro that repeats the statement after it; `cursors` are the arguments it may write to.
  case loop(arguments: Int, cursors: [Int])

  /// What to try when this one did not help; nil when there is nothing.
  var next: Repair? {
    switch self {
    case .variable: .constant
    case .type: .attribute
    case .attribute: .attributeCall
    case .constant, .function, .attributeCall, .loop: nil
    }
  }

  /// The text that makes `name` known.
  ///
  /// - Parameter number: unlike that of any other name.
  func declaration(of name: String, number: Int) -> String {
    switch self {
    case .variable: "extern const long \(name);"
    // Far from the numbers that kernel code compares with.
    case .constant: "enum { \(name) = \(0x4c6f_0000 + number) };"
    case .function: "long \(name)();"
    case .type: "typedef long \(name);"
    case .attribute: "#define \(name)"
    case .attributeCall: "#define \(name)(...)"
    case .loop(let arguments, let cursors): Self.loop(name, arguments, cursors)
    }
  }

  /// Nobody knows how often it runs, nor what it leaves in the variables that it walks with.
  private static func loop(_ name: String, _ count: Int, _ cursors: [Int]) -> String {
    let parameters = (0..<count).map { "a\($0)" }.joined(separator: ", ")
    let written = cursors.map { "&(a\($0))" }.joined(separator: ", ")
    return "#define \(name)(\(parameters)) while (\(moreName)(\(written)))"
  }

  /// The function that an unknown loop asks whether it goes on.
  static let moreName = "__lockstep_goes_on"
}
