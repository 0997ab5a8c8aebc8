internal import CClang
import CSyntax

// Reads one expression and what it contains. Parentheses and implicit conversions are passed
// through; what is known at compile time becomes an integer.
extension UnitReader {
  func readExpression(_ cursor: CXCursor) -> ExpressionID {
    switch cursor.kind {
    case CXCursor_ParenExpr, CXCursor_UnexposedExpr:
      return readWrapper(cursor)
    case CXCursor_IntegerLiteral, CXCursor_CharacterLiteral, CXCursor_UnaryExpr,
      CXCursor_FloatingLiteral:
      return cursor.evaluated.map { integer($0, at: cursor) } ?? opaque(cursor, [])
    case CXCursor_StringLiteral:
      return add(.init(kind: .string, type: .pointer, a: name(cursor.spelling)), at: cursor)
    case CXCursor_DeclRefExpr: return readReference(cursor)
    case CXCursor_MemberRefExpr: return readMember(cursor)
    case CXCursor_CallExpr: return readCall(cursor)
    case CXCursor_UnaryOperator: return readUnary(cursor)
    case CXCursor_ArraySubscriptExpr: return readBinary(cursor, kind: .index, .none)
    case CXCursor_BinaryOperator, CXCursor_CompoundAssignOperator: return readOperator(cursor)
    case CXCursor_ConditionalOperator: return readConditional(cursor)
    case CXCursor_CStyleCastExpr: return readCast(cursor)
    case CXCursor_CompoundLiteralExpr:
      return cursor.expressionChildren.last.map(readExpression) ?? opaque(cursor, [])
    case CXCursor_InitListExpr:
      return addList(.list, cursor.children.filter(isPart).map(readListPart), at: cursor)
    case CXCursor_StmtExpr:
      guard let body = cursor.children.first else { return opaque(cursor, []) }
      let statement = readStatement(body)
      return add(.init(kind: .statement, type: type(of: cursor), a: statement.raw), at: cursor)
    default:
      return opaque(cursor, cursor.expressionChildren.map(readExpression))
    }
  }

  private func isPart(_ cursor: CXCursor) -> Bool { clang_isExpression(cursor.kind) != 0 }

  /// One member of `{ … }`; a member reference before the value is a designator.
  private func readListPart(_ cursor: CXCursor) -> ExpressionID {
    let parts = cursor.children
    guard cursor.kind == CXCursor_UnexposedExpr, parts.count == 2,
      parts[0].kind == CXCursor_MemberRef
    else { return readExpression(cursor) }
    let value = readExpression(parts[1])
    return add(
      .init(kind: .designated, type: type(of: parts[1]), a: value.raw, b: name(parts[0].spelling)),
      at: cursor)
  }

  /// Parentheses, implicit conversions, `a ?: b`, `__builtin_choose_expr`, `offsetof` and others
  /// that libclang does not name.
  private func readWrapper(_ cursor: CXCursor) -> ExpressionID {
    let parts = cursor.expressionChildren
    switch parts.count {
    case 0:
      return cursor.evaluated.map { integer($0, at: cursor) } ?? opaque(cursor, [])
    case 1:
      return readExpression(parts[0])
    case 3 where cursor.kind == CXCursor_UnexposedExpr:
      if let chosen = parts[0].evaluated { return readExpression(parts[chosen != 0 ? 1 : 2]) }
      return opaque(cursor, parts.map(readExpression))
    case 4 where cursor.kind == CXCursor_UnexposedExpr:
      let condition = readExpression(parts[0])
      let otherwise = readExpression(parts[3])
      return add(
        .init(kind: .conditional, type: type(of: cursor), a: condition.raw, c: otherwise.raw),
        at: cursor)
    default:
      if let value = cursor.evaluated { return integer(value, at: cursor) }
      return opaque(cursor, parts.map(readExpression))
    }
  }

  private func readReference(_ cursor: CXCursor) -> ExpressionID {
    let target = clang_getCursorReferenced(cursor)
    switch target.kind {
    case CXCursor_EnumConstantDecl:
      return integer(clang_getEnumConstantDeclValue(target), at: cursor)
    case CXCursor_FunctionDecl:
      let spelling = target.spelling
      request(target, name: spelling)
      return add(.init(kind: .function, type: .pointer, a: name(spelling)), at: cursor)
    case CXCursor_VarDecl, CXCursor_ParmDecl:
      let id = variable(of: target)
      return add(
        .init(kind: .variable, type: unit.variables[id.index].type, a: id.raw), at: cursor)
    default:
      return opaque(cursor, [])
    }
  }

  private func readMember(_ cursor: CXCursor) -> ExpressionID {
    guard let base = cursor.expressionChildren.first else { return opaque(cursor, []) }
    let inner = readExpression(base)
    let field = cursor.spelling
    // A member of an anonymous struct is reached through a nameless member: fold that away. Newer
    // versions of libclang give it a name of their own making.
    if field.isEmpty || isNameless(cursor) { return inner }
    let pointer = clang_getCanonicalType(clang_getCursorType(base)).kind == CXType_Pointer
    return add(
      .init(
        kind: pointer ? .arrow : .member, type: type(of: cursor), a: inner.raw, b: name(field)),
      at: cursor)
  }

  private func isNameless(_ member: CXCursor) -> Bool {
    let type = clang_getCursorType(clang_getCursorReferenced(member))
    return clang_Cursor_isAnonymousRecordDecl(clang_getTypeDeclaration(type)) != 0
  }

  private func readCall(_ cursor: CXCursor) -> ExpressionID {
    let count = max(0, clang_Cursor_getNumArguments(cursor))
    let callee = cursor.spelling
    if callee == "__builtin_expect" || callee == "__builtin_expect_with_probability", count > 0 {
      return readExpression(clang_Cursor_getArgument(cursor, 0))
    }
    guard let calleeCursor = cursor.expressionChildren.first else { return opaque(cursor, []) }
    let function = readExpression(calleeCursor)
    let arguments = (0..<count).map { readExpression(clang_Cursor_getArgument(cursor, UInt32($0))) }
    let start = append(arguments)
    return add(
      .init(
        kind: .call, type: type(of: cursor), a: function.raw, b: start, c: Int32(arguments.count)),
      at: cursor)
  }

  private func readUnary(_ cursor: CXCursor) -> ExpressionID {
    guard let part = cursor.expressionChildren.first else { return opaque(cursor, []) }
    let operand = readExpression(part)
    let op: Operator? =
      switch clang_getCursorUnaryOperatorKind(cursor) {
      case CXUnaryOperator_AddrOf: .addressOf
      case CXUnaryOperator_Deref: .dereference
      case CXUnaryOperator_Minus: .minus
      case CXUnaryOperator_Not: .complement
      case CXUnaryOperator_LNot: .not
      case CXUnaryOperator_PreInc: .preIncrement
      case CXUnaryOperator_PreDec: .preDecrement
      case CXUnaryOperator_PostInc: .postIncrement
      case CXUnaryOperator_PostDec: .postDecrement
      default: nil
      }
    // `+x` and `__extension__ x` are their operand.
    guard let op else { return operand }
    let inner = unit.expressions[operand.index]
    if inner.kind == .integer {
      switch op {
      case .minus: return integer(0 &- inner.value, at: cursor)
      case .not: return integer(inner.value == 0 ? 1 : 0, at: cursor)
      case .complement: return integer(~inner.value, at: cursor)
      default: break
      }
    }
    return add(.init(kind: .unary, op: op, type: type(of: cursor), a: operand.raw), at: cursor)
  }

  private func readOperator(_ cursor: CXCursor) -> ExpressionID {
    let kind = clang_getCursorBinaryOperatorKind(cursor)
    if kind == CXBinaryOperator_Assign { return readBinary(cursor, kind: .assign, .none) }
    if let op = Self.compoundOperators[kind.rawValue] {
      return readBinary(cursor, kind: .assign, op)
    }
    return readBinary(cursor, kind: .binary, Self.binaryOperators[kind.rawValue] ?? .none)
  }

  private func readBinary(_ cursor: CXCursor, kind: Expression.Kind, _ op: Operator)
    -> ExpressionID
  {
    let parts = cursor.expressionChildren
    guard parts.count == 2 else { return opaque(cursor, parts.map(readExpression)) }
    let left = readExpression(parts[0])
    let right = readExpression(parts[1])
    if kind == .binary,
      let value = Self.folded(op, unit.expressions[left.index], unit.expressions[right.index])
    {
      return integer(value, at: cursor)
    }
    return add(
      .init(kind: kind, op: op, type: type(of: cursor), a: left.raw, b: right.raw), at: cursor)
  }

  private func readConditional(_ cursor: CXCursor) -> ExpressionID {
    let parts = cursor.expressionChildren
    guard parts.count == 3 else { return opaque(cursor, parts.map(readExpression)) }
    let condition = readExpression(parts[0])
    let then = readExpression(parts[1])
    let otherwise = readExpression(parts[2])
    return add(
      .init(
        kind: .conditional, type: type(of: cursor), a: condition.raw, b: then.raw,
        c: otherwise.raw), at: cursor)
  }

  private func readCast(_ cursor: CXCursor) -> ExpressionID {
    guard let part = cursor.expressionChildren.last else { return opaque(cursor, []) }
    let inner = readExpression(part)
    if unit.expressions[inner.index].kind == .integer { return inner }
    return add(.init(kind: .cast, type: type(of: cursor), a: inner.raw), at: cursor)
  }
}

// MARK: Building

extension UnitReader {
  func name(_ string: String) -> Int32 {
    let id = unit.strings.intern(string).raw
    log?.mention(string: id)
    return id
  }

  private func add(_ expression: Expression, at cursor: CXCursor) -> ExpressionID {
    var expression = expression
    expression.place = place(of: cursor)
    expression.macro = macroNumber(of: cursor)
    unit.expressions.append(expression)
    return ExpressionID(unit.expressions.count - 1)
  }

  private func addList(_ kind: Expression.Kind, _ parts: [ExpressionID], at cursor: CXCursor)
    -> ExpressionID
  {
    let start = append(parts)
    return add(
      .init(kind: kind, type: type(of: cursor), b: start, c: Int32(parts.count)), at: cursor)
  }

  private func integer(_ value: Int64, at cursor: CXCursor) -> ExpressionID {
    add(.init(kind: .integer, type: .signed, value: value), at: cursor)
  }

  /// `variable = …`, of which nothing is known.
  func readStoreOfUnknown(to variable: ExpressionID, at cursor: CXCursor) -> ExpressionID {
    let value = opaque(cursor, [])
    return add(
      .init(kind: .assign, type: type(of: cursor), a: variable.raw, b: value.raw), at: cursor)
  }

  private func opaque(_ cursor: CXCursor, _ parts: [ExpressionID]) -> ExpressionID {
    addList(.opaque, parts, at: cursor)
  }

  /// Stores a child list and says where it starts.
  func append<T>(_ ids: [ID<T>]) -> Int32 {
    unit.lists.append(contentsOf: ids.lazy.map(\.raw))
    return Int32(unit.lists.count - ids.count)
  }

  private func type(of cursor: CXCursor) -> Expression.ValueType {
    valueType(clang_getCursorType(cursor))
  }

  func valueType(_ type: CXType) -> Expression.ValueType {
    switch clang_getCanonicalType(type).kind {
    case CXType_Void: .void
    case CXType_Bool: .bool
    case CXType_Pointer, CXType_ConstantArray, CXType_IncompleteArray, CXType_VariableArray,
      CXType_FunctionProto:
      .pointer
    case CXType_Record: .record
    case CXType_UChar, CXType_UShort, CXType_UInt, CXType_ULong, CXType_ULongLong, CXType_UInt128:
      .unsigned
    case CXType_Char_S, CXType_SChar, CXType_Short, CXType_Int, CXType_Long, CXType_LongLong,
      CXType_Int128:
      .signed
    case CXType_Enum: .unsigned
    default: .other
    }
  }

  private static let binaryOperators: [UInt32: Operator] = [
    CXBinaryOperator_Add.rawValue: .add, CXBinaryOperator_Sub.rawValue: .subtract,
    CXBinaryOperator_Mul.rawValue: .multiply, CXBinaryOperator_Div.rawValue: .divide,
    CXBinaryOperator_Rem.rawValue: .remainder, CXBinaryOperator_Shl.rawValue: .shiftLeft,
    CXBinaryOperator_Shr.rawValue: .shiftRight, CXBinaryOperator_And.rawValue: .and,
    CXBinaryOperator_Or.rawValue: .or, CXBinaryOperator_Xor.rawValue: .xor,
    CXBinaryOperator_LT.rawValue: .less, CXBinaryOperator_GT.rawValue: .greater,
    CXBinaryOperator_LE.rawValue: .lessOrEqual, CXBinaryOperator_GE.rawValue: .greaterOrEqual,
    CXBinaryOperator_EQ.rawValue: .equal, CXBinaryOperator_NE.rawValue: .notEqual,
    CXBinaryOperator_LAnd.rawValue: .logicalAnd, CXBinaryOperator_LOr.rawValue: .logicalOr,
    CXBinaryOperator_Comma.rawValue: .comma,
  ]

  private static let compoundOperators: [UInt32: Operator] = [
    CXBinaryOperator_MulAssign.rawValue: .multiply, CXBinaryOperator_DivAssign.rawValue: .divide,
    CXBinaryOperator_RemAssign.rawValue: .remainder, CXBinaryOperator_AddAssign.rawValue: .add,
    CXBinaryOperator_SubAssign.rawValue: .subtract,
    CXBinaryOperator_ShlAssign.rawValue: .shiftLeft,
    CXBinaryOperator_ShrAssign.rawValue: .shiftRight, CXBinaryOperator_AndAssign.rawValue: .and,
    CXBinaryOperator_XorAssign.rawValue: .xor, CXBinaryOperator_OrAssign.rawValue: .or,
  ]

  /// The value of an operator over two known integers; nil where it is not one.
  private static func folded(_ op: Operator, _ left: Expression, _ right: Expression) -> Int64? {
    if op == .logicalAnd, left.kind == .integer, left.value == 0 { return 0 }
    if op == .logicalOr, left.kind == .integer, left.value != 0 { return 1 }
    guard left.kind == .integer, right.kind == .integer else { return nil }
    let (a, b) = (left.value, right.value)
    switch op {
    case .add: return a &+ b
    case .subtract: return a &- b
    case .multiply: return a &* b
    case .and: return a & b
    case .or: return a | b
    case .xor: return a ^ b
    case .shiftLeft: return b >= 0 && b < 64 ? a << b : nil
    case .shiftRight: return b >= 0 && b < 64 ? a >> b : nil
    case .equal: return a == b ? 1 : 0
    case .notEqual: return a != b ? 1 : 0
    case .less: return a < b ? 1 : 0
    case .greater: return a > b ? 1 : 0
    case .lessOrEqual: return a <= b ? 1 : 0
    case .greaterOrEqual: return a >= b ? 1 : 0
    case .logicalAnd: return a != 0 && b != 0 ? 1 : 0
    case .logicalOr: return a != 0 || b != 0 ? 1 : 0
    default: return nil
    }
  }
}
