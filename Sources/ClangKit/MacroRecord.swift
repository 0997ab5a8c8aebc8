internal import CClang

/// The uses of macros in the main file, from the preprocessing record.
///
/// The record knows a use written in the file, never one inside another macro's body.
struct MacroRecord {
  private struct Use {
    let start: UInt32
    let end: UInt32
    let name: String
  }

  /// Outermost uses, by offset, not overlapping.
  private var uses: [Use] = []

  init(of unit: TranslationUnit) {
    visitChildren(of: clang_getTranslationUnitCursor(unit.unit)) { cursor in
      guard cursor.kind == CXCursor_MacroExpansion else { return CXChildVisit_Continue }
      let location = clang_getCursorLocation(cursor)
      guard clang_Location_isFromMainFile(location) != 0 else { return CXChildVisit_Continue }
      let extent = clang_getCursorExtent(cursor)
      var start: UInt32 = 0
      var end: UInt32 = 0
      clang_getFileLocation(clang_getRangeStart(extent), nil, nil, nil, &start)
      clang_getFileLocation(clang_getRangeEnd(extent), nil, nil, nil, &end)
      if let last = uses.last, start < last.end { return CXChildVisit_Continue }
      uses.append(Use(start: start, end: max(end, start + 1), name: cursor.spelling))
      return CXChildVisit_Continue
    }
    uses.sort { $0.start < $1.start }
  }

  /// Name of the macro that is used at byte `offset` of the main file, in O(log n).
  func macro(at offset: UInt32) -> String? {
    var low = 0
    var high = uses.count
    while low < high {
      let middle = (low + high) / 2
      if uses[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, offset < uses[low - 1].end else { return nil }
    return uses[low - 1].name
  }
}
