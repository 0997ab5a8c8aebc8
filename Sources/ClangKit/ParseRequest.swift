/// One file to parse, complete: nothing is read from the tree beside what the flags name.
public struct ParseRequest: Sendable, Equatable {
  /// Path inside the tree, for messages and `SyntaxUnit.path`.
  public var path: String
  /// Absolute path under which the parser knows the file; it need not exist on disk.
  public var file: String
  /// The bytes of the file.
  public var text: [UInt8]
  /// Compiler flags, without the file.
  public var arguments: [String]
  /// Directory that relative flags count from.
  public var workingDirectory: String
  /// Headers whose bytes differ from the disk's, by absolute path.
  public var unsaved: [UnsavedFile]
  /// Functions that need not be looked into, sorted: their meaning is known from rules.
  public var known: [String]
  /// How many further versions of the file will be asked for, with the same flags and headers.
  public var further = 0

  /// A header as the commit has it.
  public struct UnsavedFile: Sendable, Equatable {
    public var file: String
    public var text: [UInt8]

    public init(file: String, text: [UInt8]) {
      self.file = file
      self.text = text
    }
  }

  public init(
    path: String, file: String, text: [UInt8], arguments: [String], workingDirectory: String,
    unsaved: [UnsavedFile] = [], known: [String] = []
  ) {
    self.path = path
    self.file = file
    self.text = text
    self.arguments = arguments
    self.workingDirectory = workingDirectory
    self.unsaved = unsaved
    self.known = known
  }
}
