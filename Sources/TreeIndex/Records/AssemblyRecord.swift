internal import CSyntax

/// Takes from an assembly file the symbols that it defines, exports and uses.
///
/// The C lexer reads it, since kernel assembly goes through the C preprocessor; what it takes for
/// comments and directives is the same there.
enum AssemblyRecord {
  private static let definers: Set<String> = [
    "SYM_FUNC_START", "SYM_FUNC_START_LOCAL", "SYM_FUNC_START_NOALIGN", "SYM_FUNC_START_WEAK",
    "SYM_FUNC_START_WEAK_NOALIGN", "SYM_FUNC_START_LOCAL_NOALIGN", "SYM_TYPED_FUNC_START",
    "SYM_CODE_START", "SYM_CODE_START_LOCAL", "SYM_CODE_START_NOALIGN", "SYM_FUNC_ALIAS",
    "SYM_FUNC_ALIAS_LOCAL", "SYM_FUNC_ALIAS_WEAK", "SYM_INNER_LABEL", "SYM_INNER_LABEL_ALIGN",
    "ENTRY", "WEAK", "GLOBAL", "_GLOBAL", "_GLOBAL_TOC", "LEAF", "NESTED", "FEXPORT",
    "ENTRY_CFI", "_ENTRY", "SYM_DATA_START", "SYM_DATA",
  ]

  static func record(of bytes: [UInt8]) -> FileRecord {
    var record = FileRecord()
    let source = SourceTokens(bytes)
    let tokens = source.tokens
    var index = 0
    while index < tokens.count {
      defer { index += 1 }
      guard tokens[index].kind == .identifier else { continue }
      let isCall =
        index + 2 < tokens.count && tokens[index + 1].kind == .leftParenthesis
        && tokens[index + 2].kind == .identifier
      let word = source.text(index)
      if isCall, definers.contains(word) {
        define(source.text(index + 2), Int(tokens[index].line), &record)
        index += 2
      } else if isCall, word.contains("EXPORT_SYMBOL") {
        let symbol = source.text(index + 2)
        record.definitions.append(
          FileRecord.Definition(
            kind: word.contains("GPL") ? .exportForGPL : .export, name: record.intern(symbol),
            hash: TermHash.hash(symbol), line: UInt32(tokens[index].line), detail: 0..<0))
        index += 2
      } else {
        record.uses.append(
          FileRecord.Use(
            hash: TermHash.hash(word), line: UInt32(tokens[index].line), kind: .assembly))
      }
    }
    record.uses.sort { ($0.hash, $0.lineAndKind) < ($1.hash, $1.lineAndKind) }
    return record
  }

  private static func define(_ name: String, _ line: Int, _ record: inout FileRecord) {
    let range = record.intern(name)
    record.functions.append(
      FileRecord.Function(
        name: range, startLine: UInt32(line), nameLine: UInt32(line), endLine: UInt32(line),
        flags: FunctionFlag.isAssembly, stream: record.stream.count..<record.stream.count,
        grams: record.grams.count..<record.grams.count))
    record.definitions.append(
      FileRecord.Definition(
        kind: .function, name: range, hash: TermHash.hash(name), line: UInt32(line), detail: 0..<0))
  }
}
