/// Splits a recorded command line into words as a POSIX shell would, without expanding anything.
///
/// Nothing is run: `$x`, backquotes and globs stay as they are written. Quotes and backslashes are
/// taken away. An unquoted `;`, `|`, `&` or newline ends a command.
struct ShellWords {
  /// The simple commands of the line, each as its words; never an empty one.
  let commands: [[String]]

  init(_ line: some StringProtocol) {
    var reader = Reader()
    for byte in line.utf8 { reader.take(byte) }
    commands = reader.finish()
  }

  /// One pass over the bytes, one state for each way a byte can be quoted.
  private struct Reader {
    enum State { case plain, escaped, single, double, doubleEscaped }
    var state = State.plain
    var word: [UInt8] = []
    var hasWord = false
    var words: [String] = []
    var commands: [[String]] = []

    mutating func take(_ byte: UInt8) {
      switch state {
      case .plain: takePlain(byte)
      case .escaped:
        if byte != UInt8(ascii: "\n") { append(byte) }
        state = .plain
      case .single:
        if byte == UInt8(ascii: "'") { state = .plain } else { append(byte) }
      case .double:
        switch byte {
        case UInt8(ascii: "\""): state = .plain
        case UInt8(ascii: "\\"): state = .doubleEscaped
        default: append(byte)
        }
      case .doubleEscaped:
        if !#""\$`"#.utf8.contains(byte) { append(UInt8(ascii: "\\")) }
        append(byte)
        state = .double
      }
    }

    private mutating func takePlain(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): endWord()
      case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "\n"): endCommand()
      case UInt8(ascii: "\\"): state = .escaped
      case UInt8(ascii: "'"): (state, hasWord) = (.single, true)
      case UInt8(ascii: "\""): (state, hasWord) = (.double, true)
      default: append(byte)
      }
    }

    private mutating func append(_ byte: UInt8) {
      word.append(byte)
      hasWord = true
    }

    private mutating func endWord() {
      guard hasWord else { return }
      words.append(String(decoding: word, as: UTF8.self))
      word.removeAll(keepingCapacity: true)
      hasWord = false
    }

    private mutating func endCommand() {
      endWord()
      if !words.isEmpty { commands.append(words) }
      words = []
    }

    mutating func finish() -> [[String]] {
      endCommand()
      return commands
    }
  }
}
