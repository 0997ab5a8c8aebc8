internal import CClang
import CSyntax
internal import Foundation

// Reads variables and parameters.
extension UnitReader {
  /// The variable of a declaration that is referred to.
  func variable(of target: CXCursor) -> VariableID {
    let key = CursorKey(cursor: target)
    if let id = variables[key] {
      mention(id)
      return id
    }
    let storage = storage(of: target)
    guard let shelf, storage == .global else { return declare(target, storage: storage) }
    let (file, place) = place(of: clang_getCursorLocation(target))
    let global = GlobalKey(name: target.spelling, file: fileName(file), place: place)
    if let id = globals[global] {
      // One that a kept inline brought; or two declarations that nothing tells apart.
      if brought.remove(id) == nil { shelf.isUnusable = true }
      variables[key] = id
      mention(id)
      return id
    }
    let id = declare(target, storage: storage)
    note(id, global)
    mention(id)
    return id
  }

  /// Notes that the inline that is being read mentions a variable.
  private func mention(_ id: VariableID) {
    guard log != nil else { return }
    let variable = unit.variables[id.index]
    log?.mention(string: variable.name)
    log?.mention(string: variable.typeName)
    log?.mention(id, globalKeys[id])
  }

  /// Adds the variable of a declaration, with its initialiser and clean-up.
  func declare(_ cursor: CXCursor, storage: Variable.Storage) -> VariableID {
    let type = clang_getCursorType(cursor)
    let kind = clang_getCanonicalType(type).kind
    let isArray =
      storage != .parameter
      && (kind == CXType_ConstantArray || kind == CXType_IncompleteArray
        || kind == CXType_VariableArray)
    let id = VariableID(unit.variables.count)
    unit.variables.append(
      Variable(
        storage: storage, type: valueType(type), isArray: isArray, name: name(cursor.spelling),
        typeName: name(String(taking: clang_getTypeSpelling(type))), place: place(of: cursor)))
    variables[CursorKey(cursor: cursor)] = id
    if storage != .global { log?.mention(id, nil) }
    if storage == .local { readInitializer(of: cursor, id) }
    return id
  }

  private func readInitializer(of cursor: CXCursor, _ id: VariableID) {
    let initializer = clang_Cursor_getVarDeclInitializer(cursor)
    if clang_Cursor_isNull(initializer) == 0 {
      unit.variables[id.index].initializer = readExpression(initializer).raw
    }
    if cursor.children.contains(where: { $0.kind == CXCursor_UnexposedAttr }),
      let function = Self.cleanupFunction(in: cursor.prettyPrinted)
    {
      unit.variables[id.index].cleanup = name(function)
      requestCleanup(function)
    }
  }

  func storage(of cursor: CXCursor) -> Variable.Storage {
    if cursor.kind == CXCursor_ParmDecl { return .parameter }
    let parent = clang_getCursorSemanticParent(cursor)
    guard parent.kind == CXCursor_FunctionDecl else { return .global }
    return clang_Cursor_getStorageClass(cursor) == CX_SC_Static ? .staticLocal : .local
  }

  /// Name in `__attribute__((cleanup(name)))` of a printed declaration.
  static func cleanupFunction(in printed: String) -> String? {
    guard let start = printed.range(of: "cleanup(") else { return nil }
    let name = printed[start.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return name.isEmpty ? nil : String(name)
  }

  /// The clean-up function is named by an attribute only: find its definition by name.
  private func requestCleanup(_ function: String) {
    if shelf?.has(function) ?? false {
      return request(clang_getNullCursor(), name: function)
    }
    let cursor = functionsByName[function] ?? clang_getNullCursor()
    if clang_Cursor_isNull(cursor) != 0 { shelf?.lacks = true }
    if clang_Cursor_isNull(cursor) == 0 { request(cursor, name: function) }
  }
}
