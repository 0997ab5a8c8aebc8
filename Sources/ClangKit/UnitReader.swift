internal import CClang
import CSyntax

/// Turns one translation unit into plain values.
///
/// Functions of the main file are read first; then the header inlines that they reach, as far as
/// those are not `known`.
final class UnitReader {
  let source: TranslationUnit
  let macros: MacroRecord
  let known: Set<String>
  var unit: SyntaxUnit
  /// Variables seen so far: file-scope ones for good, locals while their function is read.
  var variables: [CursorKey: VariableID] = [:]
  /// Headers of the `for` statements of the function being read, and how many were used.
  var forHeaders: ForHeaders?
  var forCount = 0
  /// The function being read.
  var functionCursor: CXCursor
  var isInMainFile = true
  /// Every function definition of the unit by name; built when a clean-up attribute first needs it.
  lazy var functionsByName: [String: CXCursor] = definitionsByName()
  /// Header inlines that were called and not read yet.
  private var waiting: [Waiting] = []
  private var requested: Set<String> = []
  /// The errors that are left, by which functions are distrusted.
  private var standing: [Diagnostic] = []
  /// The errors before anything was repaired.
  private let original: [Diagnostic]?

  /// The inlines that were read for this version or an earlier one; nil where none comes after.
  let shelf: InlineShelf?
  /// What an earlier version found to be included.
  private let knownIncludes: [String]?
  /// What the inline that is being read mentions, when it shall be kept.
  var log: InlineLog?
  /// The file-scope variables, when inlines are kept.
  var globals: [GlobalKey: VariableID] = [:]
  var globalKeys: [VariableID: GlobalKey] = [:]
  /// Those that kept inlines brought and no cursor is known of yet.
  var brought: Set<VariableID> = []

  /// An inline that is to be read, or one that was.
  private enum Waiting {
    case cursor(CXCursor)
    case kept(KeptInline)
  }

  /// At most this many header inlines are read for one unit.
  static let inlineLimit = 4000

  /// - Parameters:
  ///   - first: the errors of the parse before `prelude` repaired what it could.
  ///   - distrusted: errors of functions that the parse was not shown.
  init(
    _ source: TranslationUnit, wereErrors first: [PlacedError]? = nil, prelude: Prelude = Prelude(),
    distrusted: [Diagnostic] = [], shelf: InlineShelf? = nil, includes: [String]? = nil
  ) {
    self.source = source
    self.shelf = shelf
    knownIncludes = includes
    original = first?.map(\.diagnostic)
    standing = source.errors().map(\.diagnostic)
    standing += distrusted
    standing += (first ?? []).filter { $0.isUnsafe(prelude) }.map(\.diagnostic)
    macros = MacroRecord(of: source)
    known = Set(source.request.known)
    unit = SyntaxUnit(path: source.request.path)
    functionCursor = clang_getNullCursor()
  }

  /// Reads everything.
  func read() -> SyntaxUnit {
    unit.diagnostics = original ?? standing
    readOwnFunctions()
    unit.ownFunctionCount = unit.functions.count
    isInMainFile = false
    while let next = waiting.popLast(), unit.functions.count < Self.inlineLimit {
      switch next {
      case .cursor(let cursor): readInline(cursor)
      case .kept(let inline): put(inline)
      }
    }
    if unit.functions.count >= Self.inlineLimit { shelf?.isUnusable = true }
    unit.includes = knownIncludes ?? includes()
    unit.inactive = inactiveRanges()
    return unit
  }

  private func readOwnFunctions() {
    visitChildren(of: clang_getTranslationUnitCursor(source.unit)) { cursor in
      guard cursor.kind == CXCursor_FunctionDecl || cursor.kind == CXCursor_VarDecl,
        clang_Location_isFromMainFile(clang_getCursorLocation(cursor)) != 0
      else { return CXChildVisit_Continue }
      if cursor.kind == CXCursor_VarDecl {
        readOperations(of: cursor)
      } else if clang_isCursorDefinition(cursor) != 0 {
        requested.insert(cursor.spelling)
        readFunction(cursor)
      }
      return CXChildVisit_Continue
    }
  }

  /// Notes that the function declared by `cursor` is called, so that its body is read later.
  func request(_ cursor: CXCursor, name: String) {
    log?.callees.append(name)
    guard !known.contains(name), requested.insert(name).inserted else { return }
    if let inline = shelf?.inlines[name] { return waiting.append(.kept(inline)) }
    let definition = clang_getCursorDefinition(cursor)
    guard clang_Cursor_isNull(definition) == 0,
      clang_Location_isFromMainFile(clang_getCursorLocation(definition)) == 0
    else { return }
    waiting.append(.cursor(definition))
  }

  private func definitionsByName() -> [String: CXCursor] {
    var found: [String: CXCursor] = [:]
    visitChildren(of: clang_getTranslationUnitCursor(source.unit)) { cursor in
      if cursor.kind == CXCursor_FunctionDecl, clang_isCursorDefinition(cursor) != 0 {
        found[cursor.spelling] = cursor
      }
      return CXChildVisit_Continue
    }
    return found
  }

  private func readInline(_ cursor: CXCursor) {
    guard let shelf else { return readFunction(cursor) }
    let (functions, statements) = (unit.functions.count, unit.statements.count)
    let (expressions, lists) = (unit.expressions.count, unit.lists.count)
    log = InlineLog()
    readFunction(cursor)
    if unit.functions.count > functions, let log {
      shelf.keep(unit, log, statement: statements, expression: expressions, list: lists)
    }
    log = nil
  }

  /// Does what reading `inline` anew would do.
  private func put(_ inline: KeptInline) {
    let strings = inline.strings.map { unit.strings.intern($0).raw }
    func renumbering(_ variables: [Int32]) -> Renumbering {
      Renumbering(
        expression: unit.expressions.count, statement: unit.statements.count,
        list: unit.lists.count, string: { strings[Int($0)] }, variable: { variables[Int($0)] })
    }
    let to = renumbering(inline.mentions.map { number(of: $0, renumbering([])) })
    unit.lists += to.lists(inline.lists[...], of: inline.expressions[...], inline.statements[...])
    unit.expressions += inline.expressions.lazy.map { to($0) }
    unit.statements += inline.statements.lazy.map { to($0) }
    unit.functions.append(to(inline.function))
    for name in inline.callees {
      guard !known.contains(name), requested.insert(name).inserted else { continue }
      if let callee = shelf?.inlines[name] { waiting.append(.kept(callee)) }
    }
  }

  /// The variable that a kept inline mentions, which is added where the unit has it not yet.
  private func number(of mention: KeptInline.Mention, _ to: Renumbering) -> Int32 {
    if let key = mention.global, let id = globals[key] { return id.raw }
    let id = VariableID(unit.variables.count)
    unit.variables.append(to(mention.variable))
    if let key = mention.global {
      note(id, key)
      brought.insert(id)
    }
    return id.raw
  }

  func note(_ id: VariableID, _ key: GlobalKey) {
    globals[key] = id
    globalKeys[id] = key
  }

  private func readFunction(_ cursor: CXCursor) {
    guard let body = cursor.children.last(where: { $0.kind == CXCursor_CompoundStmt }) else {
      return
    }
    functionCursor = cursor
    forHeaders = nil
    forCount = 0
    let extent = clang_getCursorExtent(cursor)
    let (file, start) = place(of: clang_getRangeStart(extent))
    let end = place(of: clang_getRangeEnd(extent)).place
    let (firstStatement, firstExpression) = (unit.statements.count, unit.expressions.count)
    let parameters = (0..<max(0, clang_Cursor_getNumArguments(cursor))).map {
      declare(clang_Cursor_getArgument(cursor, UInt32($0)), storage: .parameter)
    }
    let root = readStatement(body)
    let path = fileName(file)
    unit.functions.append(
      Function(
        name: StringID(name(cursor.spelling)), file: StringID(name(path)),
        isStatic: clang_Cursor_getStorageClass(cursor) == CX_SC_Static,
        isInline: clang_Cursor_isFunctionInlined(cursor) != 0,
        returns: valueType(clang_getCursorResultType(cursor)), parameters: parameters, body: root,
        statements: firstStatement..<unit.statements.count,
        expressions: firstExpression..<unit.expressions.count,
        start: start, end: end, distrust: distrust(file: path, start, end),
        annotations: annotations(of: cursor, body: body, file: file)))
  }

  /// The first error inside the lines of a function.
  private func distrust(file: String, _ start: Place, _ end: Place) -> String? {
    standing.first {
      $0.file == file && $0.line >= start.line && $0.line <= end.line
    }?.message
  }
}

// MARK: Places

extension UnitReader {
  /// Where `location` is, macro uses standing for what they expand to.
  func place(of location: CXSourceLocation) -> (file: CXFile?, place: Place) {
    source.place(of: location)
  }

  func place(of cursor: CXCursor) -> Place { place(of: clang_getCursorLocation(cursor)).place }

  /// Name of a file: the tree path for the main file, the name the parser used for others.
  func fileName(_ file: CXFile?) -> String { source.name(of: file) }

  /// The macro used in the main file that `cursor` came from, or −1.
  func macroNumber(of cursor: CXCursor) -> Int32 {
    guard isInMainFile else { return -1 }
    var offset: UInt32 = 0
    clang_getExpansionLocation(clang_getCursorLocation(cursor), nil, nil, nil, &offset)
    return macros.macro(at: offset).map { unit.strings.intern($0).raw } ?? -1
  }
}

// MARK: Facts about the whole unit

extension UnitReader {
  /// Every file that was read beside the main one, sorted.
  private func includes() -> [String] {
    var names: Set<String> = []
    withUnsafeMutablePointer(to: &names) { pointer in
      clang_getInclusions(
        source.unit,
        { file, _, depth, context in
          guard depth > 0 || file != nil, let file else { return }
          context!.assumingMemoryBound(to: Set<String>.self).pointee.insert(
            String(taking: clang_getFileName(file)))
        }, pointer)
    }
    names.remove(source.request.file)
    names.remove(Prelude.path)
    return names.sorted()
  }

  /// Lines of the main file that `#if` leaves out.
  private func inactiveRanges() -> [ClosedRange<Int>] {
    guard let file = source.mainFile, let list = clang_getSkippedRanges(source.unit, file) else {
      return []
    }
    defer { clang_disposeSourceRangeList(list) }
    return (0..<Int(list.pointee.count)).compactMap { number in
      let range = list.pointee.ranges[number]
      let first = Int(place(of: clang_getRangeStart(range)).place.line) + 1
      let last = Int(place(of: clang_getRangeEnd(range)).place.line) - 1
      return first <= last ? first...last : nil
    }
  }

  /// `.member = function` in the initialiser of a file-scope variable.
  private func readOperations(of variable: CXCursor) {
    visitChildren(of: variable) { cursor in
      guard cursor.kind == CXCursor_InitListExpr || cursor.kind == CXCursor_UnexposedExpr else {
        return CXChildVisit_Continue
      }
      let parts = cursor.children
      if let member = parts.first(where: { $0.kind == CXCursor_MemberRef }),
        let value = parts.last, clang_isExpression(value.kind) != 0
      {
        let target = clang_getCursorReferenced(value)
        if target.kind == CXCursor_FunctionDecl {
          unit.operations[member.spelling, default: []].append(target.spelling)
          let declared = clang_getCursorLocation(clang_getCursorReferenced(member))
          if clang_Location_isFromMainFile(declared) != 0 {
            unit.ownOperations[member.spelling, default: []].append(target.spelling)
          }
        }
      }
      return CXChildVisit_Recurse
    }
  }

  /// Sparse's annotations between the start of the definition and its body.
  private func annotations(of cursor: CXCursor, body: CXCursor, file: CXFile?) -> [String] {
    guard let file else { return [] }
    var size = 0
    guard let text = clang_getFileContents(source.unit, file, &size) else { return [] }
    var start: UInt32 = 0
    var end: UInt32 = 0
    clang_getExpansionLocation(
      clang_getRangeStart(clang_getCursorExtent(cursor)), nil, nil, nil, &start)
    clang_getExpansionLocation(
      clang_getRangeStart(clang_getCursorExtent(body)), nil, nil, nil, &end)
    guard start < end, Int(end) <= size, end - start < 4096 else { return [] }
    let bytes = UnsafeBufferPointer(start: text + Int(start), count: Int(end - start))
    return SparseAnnotations.find(in: bytes.map { UInt8(bitPattern: $0) })
  }
}
