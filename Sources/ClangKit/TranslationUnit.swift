internal import CClang
import CSyntax
internal import Glibc

/// One parsed C file inside libclang; used and dropped within one task.
final class TranslationUnit {
  private let index: CXIndex
  let unit: CXTranslationUnit
  private(set) var request: ParseRequest

  /// Parses the file of `request`.
  ///
  /// Everything comes from memory or from the headers that the flags name; nothing is written.
  ///
  /// - Parameters:
  ///   - prelude: declarations to read before the first line.
  ///   - isReusable: whether `reparse` shall be cheap from the second time on.
  init(
    _ request: ParseRequest, prelude: Prelude = Prelude(), isReusable: Bool = false
  ) throws(ParseError) {
    var options = CXIndexOptions()
    options.Size = UInt32(MemoryLayout<CXIndexOptions>.size)
    options.ThreadBackgroundPriorityForIndexing = UInt8(CXChoice_Disabled.rawValue)
    options.ThreadBackgroundPriorityForEditing = UInt8(CXChoice_Disabled.rawValue)
    options.StorePreamblesInMemory = 1
    options.ExcludeDeclarationsFromPCH = isReusable ? 1 : 0
    guard let index = clang_createIndexWithOptions(&options) ?? clang_createIndex(0, 0) else {
      throw .libclang(code: Int32(CXError_Crashed.rawValue), file: request.path)
    }
    var unit: CXTranslationUnit?
    let code = Self.parse(request, prelude, isReusable, index: index, into: &unit)
    guard code == CXError_Success, let unit else {
      clang_disposeIndex(index)
      throw .libclang(code: Int32(code.rawValue), file: request.path)
    }
    self.index = index
    self.unit = unit
    self.request = request
  }

  deinit {
    clang_disposeTranslationUnit(unit)
    clang_disposeIndex(index)
  }

  private static func parse(
    _ request: ParseRequest, _ prelude: Prelude, _ isReusable: Bool, index: CXIndex,
    into unit: inout CXTranslationUnit?
  ) -> CXErrorCode {
    let options =
      CXTranslationUnit_DetailedPreprocessingRecord.rawValue | CXTranslationUnit_KeepGoing.rawValue
      | (isReusable ? CXTranslationUnit_PrecompiledPreamble.rawValue : 0)
    var files =
      [ParseRequest.UnsavedFile(file: request.file, text: request.text)] + request.unsaved
    // The compiler of the kernel knows no limit of brackets; this one's would be an error.
    var arguments =
      request.arguments + [
        "-w", "-ferror-limit=0", "-fbracket-depth=4096", "-working-directory",
        request.workingDirectory,
      ]
    if !prelude.isEmpty {
      files.append(.init(file: Prelude.path, text: Array(prelude.text.utf8)))
      arguments += Prelude.arguments
    }
    return withCStrings(arguments) { argv in
      withUnsavedFiles(files) { unsaved in
        clang_parseTranslationUnit2(
          index, request.file, argv.baseAddress, Int32(argv.count), unsaved.baseAddress,
          UInt32(unsaved.count), options, &unit)
      }
    }
  }

  /// Parses another text of the same file, with the headers of the first lines as they were read
  /// before; false when that failed.
  func reparse(_ text: [UInt8]) -> Bool {
    request.text = text
    let files = [ParseRequest.UnsavedFile(file: request.file, text: text)] + request.unsaved
    return withUnsavedFiles(files) {
      clang_reparseTranslationUnit(unit, UInt32($0.count), $0.baseAddress, 0) == 0
    }
  }

  /// The main file.
  var mainFile: CXFile? { clang_getFile(unit, request.file) }

  /// Where `location` is, macro uses standing for what they expand to.
  func place(of location: CXSourceLocation) -> (file: CXFile?, place: Place) {
    let spot = spot(of: location)
    return (spot.file, spot.place)
  }

  /// Name of a file: the tree path for the main file, the name the parser used for others.
  func name(of file: CXFile?) -> String {
    guard let file else { return "" }
    if let main = mainFile, clang_File_isEqual(file, main) != 0 { return request.path }
    return String(taking: clang_getFileName(file))
  }

  private func spot(of location: CXSourceLocation) -> (file: CXFile?, place: Place, offset: UInt32)
  {
    var file: CXFile?
    var line: UInt32 = 0
    var column: UInt32 = 0
    var offset: UInt32 = 0
    clang_getFileLocation(location, &file, &line, &column, &offset)
    return (file, Place(line: Int32(line), column: Int32(column)), offset)
  }

  /// The error diagnostics that have a place.
  func errors() -> [PlacedError] {
    (0..<clang_getNumDiagnostics(unit)).compactMap { number in
      let diagnostic = clang_getDiagnostic(unit, number)
      defer { clang_disposeDiagnostic(diagnostic) }
      guard clang_getDiagnosticSeverity(diagnostic).rawValue >= CXDiagnostic_Error.rawValue
      else { return nil }
      let spot = spot(of: clang_getDiagnosticLocation(diagnostic))
      guard let file = spot.file else { return nil }
      let message = String(taking: clang_getDiagnosticSpelling(diagnostic))
      let isMain = mainFile.map { clang_File_isEqual(file, $0) != 0 } ?? false
      return PlacedError(
        diagnostic: Diagnostic(file: name(of: file), line: spot.place.line, message: message),
        offset: isMain ? Int(spot.offset) : nil)
    }
  }
}

/// Hands `strings` to C as an array of pointers that live as long as `body` runs.
private func withCStrings<R>(
  _ strings: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> R
) -> R {
  let copies = strings.map { $0.withCString { strdup($0) } }
  defer { copies.forEach { free($0) } }
  let pointers = copies.map { UnsafePointer($0) }
  return pointers.withUnsafeBufferPointer(body)
}

/// Hands `files` to C; texts are not copied.
private func withUnsavedFiles<R>(
  _ files: [ParseRequest.UnsavedFile], _ body: (UnsafeMutableBufferPointer<CXUnsavedFile>) -> R
) -> R {
  var names: [UnsafeMutablePointer<CChar>?] = []
  var texts: [UnsafeMutablePointer<CChar>] = []
  var entries: [CXUnsavedFile] = []
  for file in files {
    let name = file.file.withCString { strdup($0) }
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: max(1, file.text.count))
    file.text.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: text, count: bytes.count).copyMemory(from: bytes)
    }
    names.append(name)
    texts.append(text)
    entries.append(
      CXUnsavedFile(Filename: name, Contents: text, Length: UInt(file.text.count)))
  }
  defer {
    names.forEach { free($0) }
    texts.forEach { $0.deallocate() }
  }
  return entries.withUnsafeMutableBufferPointer { body($0) }
}
