/// Brings arguments that git users type into a form that the argument parser understands.
///
/// The parser takes every word with a dash for an option, and every option for one of a command.
enum CommandArguments {
  /// The words after the program's name, rewritten.
  ///
  /// - `-3`, git's "the last three commits", becomes `--max-count=3`.
  /// - `-C DIR` before the command goes behind it.
  /// - What stands after `--` stays as it is.
  static func normalised(_ arguments: [String]) -> [String] {
    var words = arguments[...]
    var directories: [String] = []
    while words.first == "-C", words.count > 1 {
      directories += words.prefix(2)
      words = words.dropFirst(2)
    }
    guard let command = words.popFirst() else { return directories }
    let end = words.firstIndex(of: "--") ?? words.endIndex
    return [command] + directories + words[..<end].map(rewritten) + words[end...]
  }

  private static func rewritten(_ word: String) -> String {
    let digits = word.dropFirst()
    guard word.first == "-", !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber })
    else { return word }
    return "--max-count=\(digits)"
  }
}
