/// Takes from a Rust file the names that it mentions outside comments and strings.
///
/// `bindings::mutex_lock` is how Rust calls C; which of its names are C's is for the index to see.
struct RustRecord {
  private let bytes: [UInt8]
  private var position = 0
  private var line: UInt32 = 1
  private var record = FileRecord()
  /// True behind `fn`, `let` and the like, and behind a dot: what follows is Rust's own name.
  private var isOwnName = false
  private static let introducers: [[UInt8]] = ["fn", "let", "mod", "struct", "trait", "enum"]
    .map { Array($0.utf8) }

  static func record(of bytes: [UInt8]) -> FileRecord {
    var reader = RustRecord(bytes: bytes)
    while reader.position < bytes.count { reader.step() }
    reader.record.uses.sort { ($0.hash, $0.lineAndKind) < ($1.hash, $1.lineAndKind) }
    return reader.record
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func peek(_ ahead: Int) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  private mutating func advance() {
    if bytes[position] == UInt8(ascii: "\n") { line += 1 }
    position += 1
  }

  private mutating func step() {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): skipLine()
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
    case UInt8(ascii: "\""): skipString()
    case UInt8(ascii: "'"): skipCharacter()
    case UInt8(ascii: "r") where isRawString(): skipRawString()
    case _ where Self.isWord(byte): takeWord()
    case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"): advance()
    default:
      isOwnName = byte == UInt8(ascii: ".") && peek(1) != byte
      advance()
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
      true
    default: false
    }
  }

  private mutating func takeWord() {
    let start = position
    while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
    let wasOwnName = isOwnName
    isOwnName = Self.introducers.contains { bytes[start..<position].elementsEqual($0) }
    guard bytes[start] > UInt8(ascii: "9"), !wasOwnName else { return }
    let hash = bytes.withUnsafeBytes {
      TermHash.hash(UnsafeRawBufferPointer(rebasing: $0[start..<position]))
    }
    record.uses.append(FileRecord.Use(hash: hash, line: line, kind: .rust))
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
  }

  /// Block comments nest in Rust.
  private mutating func skipComment() {
    var depth = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        depth += 1
        position += 2
      } else if bytes[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        depth -= 1
        position += 2
        if depth == 0 { return }
      } else {
        advance()
      }
    }
    position = min(position, bytes.count)
  }

  private mutating func skipString() {
    advance()
    while position < bytes.count {
      let byte = bytes[position]
      advance()
      if byte == UInt8(ascii: "\"") { return }
      if byte == UInt8(ascii: "\\"), position < bytes.count { advance() }
    }
  }

  /// `'x'` and `'\n'`, but not the lifetime `'a`.
  private mutating func skipCharacter() {
    if peek(1) == UInt8(ascii: "\\") {
      position = min(position + 3, bytes.count)
      while position < bytes.count, bytes[position] != UInt8(ascii: "'"),
        bytes[position] != UInt8(ascii: "\n")
      {
        position += 1
      }
      if position < bytes.count, bytes[position] == UInt8(ascii: "'") { position += 1 }
    } else if peek(2) == UInt8(ascii: "'") {
      position += 3
    } else {
      position += 1
    }
  }

  private func isRawString() -> Bool {
    if position > 0, Self.isWord(bytes[position - 1]), bytes[position - 1] != UInt8(ascii: "b") {
      return false
    }
    var ahead = 1
    while peek(ahead) == UInt8(ascii: "#") { ahead += 1 }
    return peek(ahead) == UInt8(ascii: "\"")
  }

  private mutating func skipRawString() {
    position += 1
    var hashes = 0
    while peek(0) == UInt8(ascii: "#") {
      hashes += 1
      position += 1
    }
    position += 1
    while position < bytes.count {
      let isQuote = bytes[position] == UInt8(ascii: "\"")
      advance()
      if isQuote, (0..<hashes).allSatisfy({ peek($0) == UInt8(ascii: "#") }) {
        position = min(position + hashes, bytes.count)
        return
      }
    }
  }
}
