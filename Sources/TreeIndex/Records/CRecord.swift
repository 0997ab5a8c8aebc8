internal import CSyntax

/// Takes from a C file what the index needs.
struct CRecord {
  private let outline: Outline
  private var source: SourceTokens { outline.source }
  private var record = FileRecord()
  /// What each token is, one `Mark` each.
  private var marks: [UInt8]

  private enum Mark {
    static let fileScope: UInt8 = 0
    static let body: UInt8 = 1
    static let skipped: UInt8 = 2
    static let typeBody: UInt8 = 3
  }

  static func record(of bytes: [UInt8]) -> FileRecord {
    var reader = CRecord(Outline(SourceTokens(bytes)))
    reader.addFunctions()
    reader.addDefinitions()
    reader.addOperations()
    reader.addUses()
    return reader.record
  }

  private init(_ outline: Outline) {
    self.outline = outline
    marks = [UInt8](repeating: Mark.fileScope, count: outline.source.tokens.count)
  }

  private mutating func mark(_ range: Range<Int>, _ mark: UInt8) {
    for index in range { marks[index] = mark }
  }

  // MARK: Functions

  private mutating func addFunctions() {
    let prefix = NamePrefix(of: outline.functions.map(\.name))
    var mentions: Set<UInt32> = []
    for item in outline.functions {
      let form = FunctionForm(item, in: outline, prefix: prefix)
      mark(item.body, Mark.body)
      mark(item.parameters, Mark.skipped)
      marks[item.nameToken] = Mark.skipped
      // A field or a local of the same name is no use of the symbol.
      for token in form.tokens
      where token.role == .local || token.role == .field || token.role == .label {
        marks[Int(token.token)] = Mark.skipped
      }
      for token in form.tokens where token.role.isName { mentions.insert(token.exact) }
      add(item, form)
    }
    record.mentions = mentions.sorted()
  }

  private mutating func add(_ item: FunctionItem, _ form: FunctionForm) {
    let meaning = form.tokens.map(\.meaning)
    let stream = record.stream.count
    record.stream.append(contentsOf: meaning.lazy.map(ByteStream.byte))
    let grams = record.grams.count
    record.grams.append(contentsOf: Grams.winnowed(meaning))
    var flags: UInt8 = 0
    if item.isStatic { flags |= FunctionFlag.isStatic }
    if item.isInline { flags |= FunctionFlag.isInline }
    if item.maker != nil { flags |= FunctionFlag.isMade }
    let name = record.intern(item.name)
    record.functions.append(
      FileRecord.Function(
        name: name, startLine: UInt32(item.startLine), nameLine: UInt32(item.nameLine),
        endLine: UInt32(item.endLine), flags: flags, stream: stream..<record.stream.count,
        grams: grams..<record.grams.count))
    define(.function, name, item.name, item.nameLine)
  }

  // MARK: Definitions

  private mutating func define(
    _ kind: DefinitionKind, _ range: Range<Int>, _ name: String, _ line: Int,
    detail: Range<Int> = 0..<0
  ) {
    record.definitions.append(
      FileRecord.Definition(
        kind: kind, name: range, hash: TermHash.hash(name), line: UInt32(line), detail: detail))
  }

  private mutating func define(_ kind: DefinitionKind, _ name: String, _ line: Int) {
    define(kind, record.intern(name), name, line)
  }

  private mutating func addDefinitions() {
    for item in outline.prototypes {
      mark(item.parameters, Mark.skipped)
      skipName(item.name, in: item.tokens)
      define(.prototype, item.name, item.line)
    }
    for item in outline.variables {
      skipName(item.name, in: item.tokens)
      define(item.isExtern ? .declaredVariable : .variable, item.name, item.line)
    }
    for item in outline.macros where item.parameters != nil { define(.macro, item.name, item.line) }
    for call in outline.exports {
      guard let symbol = call.arguments.first else { continue }
      let space = call.arguments.count > 1 && call.name.contains("_NS") ? call.arguments[1] : ""
      let detail = record.intern(space.filter { $0 != "\"" })
      define(
        call.name.contains("GPL") ? .exportForGPL : .export, record.intern(symbol), symbol,
        call.line, detail: detail)
    }
    for body in outline.typeBodies { mark(body, Mark.typeBody) }
  }

  /// Leaves the declared name itself out of the uses.
  private mutating func skipName(_ name: String, in range: Range<Int>) {
    let hash = FNV.hash(name.utf8)
    for index in range
    where source.tokens[index].hash == hash && source.tokens[index].kind == .identifier {
      marks[index] = Mark.skipped
      return
    }
  }

  private mutating func addOperations() {
    for item in outline.operations {
      record.operations.append(
        FileRecord.Operation(
          member: record.intern(item.member), value: record.intern(item.value),
          type: record.intern(item.type), line: UInt32(item.line)))
    }
  }

  // MARK: Uses

  private mutating func addUses() {
    for directive in outline.directives.directives { skipDirectiveWords(directive) }
    let tokens = source.tokens
    source.bytes.withUnsafeBytes { bytes in
      for index in tokens.indices {
        let token = tokens[index]
        guard token.kind == .identifier, marks[index] != Mark.skipped else { continue }
        guard let kind = kind(index, token, tokens) else { continue }
        let range = token.range
        record.uses.append(
          FileRecord.Use(
            hash: TermHash.hash(UnsafeRawBufferPointer(rebasing: bytes[range])),
            line: UInt32(token.line), kind: kind))
      }
    }
    record.uses.sort { ($0.hash, $0.lineAndKind) < ($1.hash, $1.lineAndKind) }
  }

  private func kind(_ index: Int, _ token: Token, _ tokens: [Token]) -> UseKind? {
    if token.isDirective { return .macro }
    let next = index + 1 < tokens.count ? tokens[index + 1].kind : .semicolon
    let before = index > 0 ? tokens[index - 1].kind : .semicolon
    if before == .dot || before == .arrow { return nil }
    // An export offers a symbol and does not use it.
    if before == .leftParenthesis, marks[index] == Mark.fileScope, index > 1,
      source.token(index - 2, contains: "EXPORT_")
    {
      return nil
    }
    if marks[index] == Mark.typeBody, next != .leftParenthesis, before != .leftBracket {
      return nil
    }
    switch before {
    case .struct, .union, .enum: return nil
    default: break
    }
    if marks[index] == Mark.body, next == .leftParenthesis { return .call }
    return .reference
  }

  /// The word of the directive, the name that `#define` defines and its parameters are no uses.
  private mutating func skipDirectiveWords(_ directive: Directive) {
    let start = directive.tokens.lowerBound
    if start + 1 < directive.tokens.upperBound { marks[start + 1] = Mark.skipped }
    guard directive.kind == .define, start + 2 < directive.tokens.upperBound else { return }
    marks[start + 2] = Mark.skipped
    let name = source.tokens[start + 2]
    guard start + 3 < directive.tokens.upperBound,
      source.tokens[start + 3].kind == .leftParenthesis,
      source.tokens[start + 3].range.lowerBound == name.range.upperBound
    else { return }
    var parameters: Set<UInt32> = []
    var index = start + 4
    while index < directive.tokens.upperBound, source.tokens[index].kind != .rightParenthesis {
      parameters.insert(source.tokens[index].hash)
      marks[index] = Mark.skipped
      index += 1
    }
    while index < directive.tokens.upperBound {
      if parameters.contains(source.tokens[index].hash) { marks[index] = Mark.skipped }
      index += 1
    }
  }
}
