internal import CClang
import CSyntax

// Reads one statement and what it contains.
extension UnitReader {
  func readStatement(_ cursor: CXCursor) -> StatementID {
    switch cursor.kind {
    case CXCursor_CompoundStmt: return readCompound(cursor)
    case CXCursor_DeclStmt: return readDeclarations(cursor)
    case CXCursor_IfStmt: return readIf(cursor)
    case CXCursor_WhileStmt: return readLoop(cursor, .while)
    case CXCursor_DoStmt: return readLoop(cursor, .do)
    case CXCursor_ForStmt: return readFor(cursor)
    case CXCursor_SwitchStmt: return readLoop(cursor, .switch)
    case CXCursor_CaseStmt: return readCase(cursor)
    case CXCursor_DefaultStmt:
      return add(.init(kind: .default, a: readOnlyChild(cursor)), at: cursor)
    case CXCursor_LabelStmt:
      return add(
        .init(kind: .label, a: name(cursor.spelling), b: readOnlyChild(cursor)), at: cursor)
    case CXCursor_GotoStmt:
      guard let label = cursor.children.first else { return unknown(cursor) }
      return add(.init(kind: .goto, a: name(label.spelling)), at: cursor)
    case CXCursor_IndirectGotoStmt:
      guard let target = cursor.children.first else { return unknown(cursor) }
      return add(.init(kind: .indirectGoto, a: readExpression(target).raw), at: cursor)
    case CXCursor_BreakStmt: return add(.init(kind: .break), at: cursor)
    case CXCursor_ContinueStmt: return add(.init(kind: .continue), at: cursor)
    case CXCursor_ReturnStmt:
      let value = cursor.expressionChildren.first.map { readExpression($0).raw } ?? -1
      return add(.init(kind: .return, a: value), at: cursor)
    case CXCursor_AsmStmt: return readAssembly(cursor)
    case CXCursor_NullStmt: return add(.init(kind: .empty), at: cursor)
    case CXCursor_UnexposedStmt: return readAttributed(cursor)
    default:
      guard clang_isExpression(cursor.kind) != 0 else { return unknown(cursor) }
      return add(.init(kind: .expression, a: readExpression(cursor).raw), at: cursor)
    }
  }

  private func readCompound(_ cursor: CXCursor) -> StatementID {
    let parts = cursor.children.map(readStatement)
    let start = append(parts)
    return add(.init(kind: .compound, a: start, b: Int32(parts.count)), at: cursor)
  }

  private func readDeclarations(_ cursor: CXCursor) -> StatementID {
    let declared = cursor.children.filter { $0.kind == CXCursor_VarDecl }.map {
      declare($0, storage: storage(of: $0))
    }
    let start = append(declared)
    return add(.init(kind: .declaration, a: start, b: Int32(declared.count)), at: cursor)
  }

  private func readIf(_ cursor: CXCursor) -> StatementID {
    let parts = cursor.children
    guard parts.count == 2 || parts.count == 3 else { return unknown(cursor) }
    let condition = readExpression(parts[0])
    let then = readStatement(parts[1])
    let otherwise = parts.count == 3 ? readStatement(parts[2]).raw : -1
    return add(.init(kind: .if, a: condition.raw, b: then.raw, c: otherwise), at: cursor)
  }

  /// `while`, `do` and `switch`: two children each.
  private func readLoop(_ cursor: CXCursor, _ kind: Statement.Kind) -> StatementID {
    let parts = cursor.children
    guard parts.count == 2 else { return unknown(cursor) }
    let a = kind == .do ? readStatement(parts[0]).raw : readExpression(parts[0]).raw
    let b = kind == .do ? readExpression(parts[1]).raw : readStatement(parts[1]).raw
    return add(.init(kind: kind, a: a, b: b), at: cursor)
  }

  private func readFor(_ cursor: CXCursor) -> StatementID {
    let number = forCount
    forCount += 1
    var parts = cursor.children
    guard let body = parts.popLast() else { return unknown(cursor) }
    guard let header = forHeader(number, parts: parts.count) else { return unknown(cursor) }
    var rest = parts[...]
    let initial = header.hasInitial ? rest.popFirst().map { readStatement($0).raw } ?? -1 : -1
    let condition = header.hasCondition ? rest.popFirst().map { readExpression($0).raw } ?? -1 : -1
    let increment = header.hasIncrement ? rest.popFirst().map { readExpression($0).raw } ?? -1 : -1
    return add(
      .init(kind: .for, a: initial, b: condition, c: increment, d: readStatement(body).raw),
      at: cursor)
  }

  /// Which of the three parts are there; the pretty print is only asked where it is in doubt.
  private func forHeader(_ number: Int, parts: Int) -> ForHeader? {
    if parts == 3 { return ForHeader(hasInitial: true, hasCondition: true, hasIncrement: true) }
    if parts == 0 { return ForHeader(hasInitial: false, hasCondition: false, hasIncrement: false) }
    let headers = forHeaders ?? ForHeaders(printed: functionCursor.prettyPrinted)
    forHeaders = headers
    guard number < headers.headers.count, headers.headers[number].count == parts else { return nil }
    return headers.headers[number]
  }

  private func readCase(_ cursor: CXCursor) -> StatementID {
    let parts = cursor.children
    guard parts.count >= 2, let low = parts[0].evaluated else { return unknown(cursor) }
    let high = parts.count == 3 ? parts[1].evaluated ?? low : low
    let inner = readStatement(parts[parts.count - 1])
    return add(.init(kind: .case, c: inner.raw, low: low, high: high), at: cursor)
  }

  private func readOnlyChild(_ cursor: CXCursor) -> Int32 {
    guard let child = cursor.children.last else { return unknown(cursor).raw }
    return readStatement(child).raw
  }

  /// `__attribute__((fallthrough));` and other statements behind an attribute.
  private func readAttributed(_ cursor: CXCursor) -> StatementID {
    let inner = cursor.children.filter { clang_isAttribute($0.kind) == 0 }
    guard inner.count == 1 else {
      return inner.isEmpty ? add(.init(kind: .empty), at: cursor) : unknown(cursor)
    }
    return readStatement(inner[0])
  }

  /// Assembly, after stores of something unknown in the variables that it may write.
  ///
  /// Those are the operands that are no values: what it reads only is read by a conversion, which is
  /// an expression around the variable.
  private func readAssembly(_ cursor: CXCursor) -> StatementID {
    let operands = cursor.expressionChildren.filter { $0.kind == CXCursor_DeclRefExpr }
    let stores = operands.map { operand in
      let store = readStoreOfUnknown(to: readExpression(operand), at: operand)
      return add(.init(kind: .expression, a: store.raw), at: cursor)
    }
    let labels = AssemblyLabels.find(in: cursor.prettyPrinted).map { StringID(name($0)) }
    let start = append(labels)
    let assembly = add(.init(kind: .assembly, a: start, b: Int32(labels.count)), at: cursor)
    guard !stores.isEmpty else { return assembly }
    let parts = append(stores + [assembly])
    return add(.init(kind: .compound, a: parts, b: Int32(stores.count + 1)), at: cursor)
  }

  private func unknown(_ cursor: CXCursor) -> StatementID {
    add(.init(kind: .unknown), at: cursor)
  }

  private func add(_ statement: Statement, at cursor: CXCursor) -> StatementID {
    var statement = statement
    let extent = clang_getCursorExtent(cursor)
    statement.place = place(of: clang_getRangeStart(extent)).place
    statement.end = place(of: clang_getRangeEnd(extent)).place
    unit.statements.append(statement)
    return StatementID(unit.statements.count - 1)
  }
}

/// The labels that an `asm goto` may jump to.
enum AssemblyLabels {
  /// Reads them from the printed statement: what follows the fourth colon outside of strings.
  static func find(in printed: String) -> [String] {
    guard printed.contains("goto") else { return [] }
    var colons = 0
    var inString = false
    var escaped = false
    var tail = ""
    for character in printed {
      if inString {
        if escaped {
          escaped = false
        } else if character == "\\" {
          escaped = true
        } else if character == "\"" {
          inString = false
        }
        continue
      }
      if character == "\"" {
        inString = true
      } else if character == ":" {
        colons += 1
        tail = ""
      } else {
        tail.append(character)
      }
    }
    guard colons >= 4 else { return [] }
    return tail.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }
}
