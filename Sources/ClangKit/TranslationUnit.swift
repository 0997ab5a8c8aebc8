internal import CClang
internal import Glibc

/// One parsed C file inside libclang; used and dropped within one task.
final class TranslationUnit {
  private let index: CXIndex
  let unit: CXTranslationUnit
  let request: ParseRequest

  /// Parses the file of `request`.
  ///
  /// Everything comes from memory or from the headers that the flags name; nothing is written.
  init(_ request: ParseRequest) throws(ParseError) {
    var options = CXIndexOptions()
    options.Size = UInt32(MemoryLayout<CXIndexOptions>.size)
    options.ThreadBackgroundPriorityForIndexing = UInt8(CXChoice_Disabled.rawValue)
    options.ThreadBackgroundPriorityForEditing = UInt8(CXChoice_Disabled.rawValue)
    guard let index = clang_createIndexWithOptions(&options) ?? clang_createIndex(0, 0) else {
      throw .libclang(code: Int32(CXError_Crashed.rawValue), file: request.path)
    }
    var unit: CXTranslationUnit?
    let code = Self.parse(request, index: index, into: &unit)
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
    _ request: ParseRequest, index: CXIndex, into unit: inout CXTranslationUnit?
  ) -> CXErrorCode {
    let options =
      CXTranslationUnit_DetailedPreprocessingRecord.rawValue | CXTranslationUnit_KeepGoing.rawValue
    let files =
      [ParseRequest.UnsavedFile(file: request.file, text: request.text)] + request.unsaved
    let arguments =
      request.arguments + ["-w", "-ferror-limit=0", "-working-directory", request.workingDirectory]
    return withCStrings(arguments) { argv in
      withUnsavedFiles(files) { unsaved in
        clang_parseTranslationUnit2(
          index, request.file, argv.baseAddress, Int32(argv.count), unsaved.baseAddress,
          UInt32(unsaved.count), options, &unit)
      }
    }
  }

  /// The main file.
  var mainFile: CXFile? { clang_getFile(unit, request.file) }
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
