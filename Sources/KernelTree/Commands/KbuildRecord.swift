/// Reads the compiler's command from kbuild's `.file.o.cmd`.
///
/// The line is `savedcmd_PATH := COMMAND` (`cmd_PATH := COMMAND` before Linux 6.2), escaped for
/// make: `$$` stands for `$` and `$(pound)` for `#`.
enum KbuildRecord {
  /// The words after the compiler's name, or nil when the record holds no C compile.
  static func words(in record: String) -> [String]? {
    for line in record.split(separator: "\n", omittingEmptySubsequences: true) {
      guard line.hasPrefix("savedcmd_") || line.hasPrefix("cmd_"),
        let sign = line.firstRange(of: ":=")
      else { continue }
      let command = unescaped(line[sign.upperBound...])
      // Tools such as objtool run after the compiler in the same record.
      let compile = ShellWords(command).commands.first { $0.contains("-c") }
      return compile.map { Array($0.dropFirst()) }
    }
    return nil
  }

  private static func unescaped(_ text: Substring) -> String {
    String(text).replacing("$(pound)", with: "#").replacing("$$", with: "$")
  }
}
