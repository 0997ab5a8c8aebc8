internal import CClang

extension String {
  /// Copies and disposes a libclang string.
  init(taking string: CXString) {
    defer { clang_disposeString(string) }
    self = clang_getCString(string).map { String(cString: $0) } ?? ""
  }
}

typealias CursorVisit = (_ cursor: CXCursor) -> CXChildVisitResult

/// `clang_visitChildren` with a closure that may capture.
///
/// The closure does not escape: libclang calls it before this returns.
func visitChildren(of cursor: CXCursor, _ visit: CursorVisit) {
  withoutActuallyEscaping(visit) { visit in
    var visit = visit
    withUnsafeMutablePointer(to: &visit) { pointer in
      _ = clang_visitChildren(
        cursor,
        { cursor, _, context in
          context!.assumingMemoryBound(to: CursorVisit.self).pointee(cursor)
        }, pointer)
    }
  }
}

/// A cursor as a dictionary key.
struct CursorKey: Hashable {
  let cursor: CXCursor

  static func == (left: Self, right: Self) -> Bool {
    clang_equalCursors(left.cursor, right.cursor) != 0
  }

  func hash(into hasher: inout Hasher) { hasher.combine(clang_hashCursor(cursor)) }
}

extension CXCursor {
  /// The direct children, in source order.
  var children: [CXCursor] {
    var found: [CXCursor] = []
    visitChildren(of: self) {
      found.append($0)
      return CXChildVisit_Continue
    }
    return found
  }

  /// The children that are expressions.
  var expressionChildren: [CXCursor] { children.filter { clang_isExpression($0.kind) != 0 } }

  var spelling: String { String(taking: clang_getCursorSpelling(self)) }

  /// The source as clang would print it, macros expanded and absent parts shown.
  var prettyPrinted: String {
    let policy = clang_getCursorPrintingPolicy(self)
    defer { clang_PrintingPolicy_dispose(policy) }
    return String(taking: clang_getCursorPrettyPrinted(self, policy))
  }

  /// The value as an integer, where it is known at compile time.
  var evaluated: Int64? {
    guard let result = clang_Cursor_Evaluate(self) else { return nil }
    defer { clang_EvalResult_dispose(result) }
    guard clang_EvalResult_getKind(result) == CXEval_Int else { return nil }
    return clang_EvalResult_isUnsignedInt(result) != 0
      ? Int64(truncatingIfNeeded: clang_EvalResult_getAsUnsigned(result))
      : clang_EvalResult_getAsLongLong(result)
  }
}
