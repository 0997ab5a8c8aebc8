/// What the index takes from one file; depends on the file's bytes and kind alone.
struct FileRecord: Sendable {
  /// A function with a body.
  struct Function: Sendable {
    var name: Range<Int>
    var startLine: UInt32
    var nameLine: UInt32
    var endLine: UInt32
    var flags: UInt8
    /// Bytes of `stream` that are its body's.
    var stream: Range<Int>
    /// Elements of `grams` that are its body's.
    var grams: Range<Int>
  }

  /// A name that the file defines, declares or exports.
  struct Definition: Sendable {
    var kind: DefinitionKind
    var name: Range<Int>
    var hash: UInt64
    var line: UInt32
    /// A second name: the namespace of an export, the table's type of an operation.
    var detail: Range<Int>
  }

  /// A function put into a member of a table.
  struct Operation: Sendable {
    var member: Range<Int>
    var value: Range<Int>
    var type: Range<Int>
    var line: UInt32
  }

  /// A use of a name: hash, then line and kind in one number.
  struct Use: Sendable {
    var hash: UInt64
    var lineAndKind: UInt32

    init(hash: UInt64, line: UInt32, kind: UseKind) {
      self.hash = hash
      lineAndKind = line << 3 | UInt32(kind.rawValue)
    }
  }

  /// Spellings, end to end; the ranges above point into it.
  var names: [UInt8] = []
  var functions: [Function] = []
  var definitions: [Definition] = []
  var operations: [Operation] = []
  /// Sorted by hash, then by line.
  var uses: [Use] = []
  /// Hashes of the names that the functions' bodies mention, each once, sorted.
  var mentions: [UInt32] = []
  /// Selected n-grams of the functions' meaning streams.
  var grams: [UInt32] = []
  /// The functions' bodies, one byte a token.
  var stream: [UInt8] = []

  /// Appends a spelling.
  mutating func intern(_ name: String) -> Range<Int> {
    let start = names.count
    names.append(contentsOf: name.utf8)
    return start..<names.count
  }
}

/// What a definition is.
enum DefinitionKind: UInt8, Sendable {
  case function, prototype, variable, declaredVariable, macro, export, exportForGPL
}

/// Where a name is used.
enum UseKind: UInt8, Sendable {
  case call, reference, macro, assembly, rust
}

/// Bits of `FileRecord.Function.flags`.
enum FunctionFlag {
  static let isStatic: UInt8 = 1
  static let isInline: UInt8 = 2
  static let isMade: UInt8 = 4
  static let isAssembly: UInt8 = 8
}
