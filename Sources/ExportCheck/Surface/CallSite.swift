internal import CSyntax

/// A macro call that may export something.
struct CallSite {
  var name: String
  var arguments: [String]
  var line: Int
  /// Number of its condition, for `Outline.conditionStack`.
  var condition: Int32

  init(name: String, arguments: [String], line: Int, condition: Int32) {
    self.name = name
    self.arguments = arguments
    self.line = line
    self.condition = condition
  }

  init(_ call: MacroCall) {
    self.init(
      name: call.name, arguments: call.arguments, line: call.line, condition: call.condition)
  }
}
