/// How a build compiled one file, as it was recorded; nothing in it is trusted yet.
struct CompileCommand: Equatable, Sendable {
  /// The folder that relative paths start from.
  var directory: String
  /// The words after the compiler's name.
  var words: [String]
}
