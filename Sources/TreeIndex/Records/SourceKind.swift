/// What a file of the tree is to the index, by its name.
enum SourceKind: UInt8, Sendable {
  case c
  case assembly
  case rust

  /// The kind of the file at `path`; nil for files that the index leaves out.
  init?(path: String) {
    if path.hasSuffix(".c") || path.hasSuffix(".h") {
      self = .c
    } else if path.hasSuffix(".S") {
      self = .assembly
    } else if path.hasSuffix(".rs") {
      self = .rust
    } else {
      return nil
    }
  }
}

extension FileRecord {
  /// The record of a file of `kind` with these bytes.
  init(_ kind: SourceKind, _ bytes: [UInt8]) {
    switch kind {
    case .c: self = CRecord.record(of: bytes)
    case .assembly: self = AssemblyRecord.record(of: bytes)
    case .rust: self = RustRecord.record(of: bytes)
    }
  }
}
