public import CClang
import Foundation
public import KernelTree

/// A file parsed by libclang and by nothing of this project: what its figures are held against.
public enum BareUnit {
  /// Parses `text` as the setting says; `read` gets the unit, or nil when libclang gave none.
  public static func parse<Result>(
    _ setting: CompileSetting, _ text: [UInt8], _ read: (CXTranslationUnit?) -> Result
  ) -> Result {
    let files = [UnsavedFile(path: setting.mainFile, bytes: text)] + setting.unsavedFiles
    let names = files.map { strdup($0.path) }
    let texts = files.map { file in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: file.bytes.count + 1)
      file.bytes.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(start: copy, count: $0.count).copyMemory(from: $0)
      }
      return copy
    }
    let arguments = setting.arguments.map { strdup($0) }
    defer {
      (names + arguments).forEach { free($0) }
      texts.forEach { $0.deallocate() }
    }
    var unsaved = files.indices.map {
      CXUnsavedFile(Filename: names[$0], Contents: texts[$0], Length: UInt(files[$0].bytes.count))
    }
    let pointers = arguments.map { UnsafePointer<CChar>($0) }
    let index = clang_createIndex(0, 0)
    defer { clang_disposeIndex(index) }
    var unit: CXTranslationUnit?
    let code = clang_parseTranslationUnit2(
      index, setting.mainFile, pointers, Int32(pointers.count), &unsaved, UInt32(unsaved.count),
      CXTranslationUnit_KeepGoing.rawValue, &unit)
    defer { clang_disposeTranslationUnit(unit) }
    return read(code == CXError_Success ? unit : nil)
  }
}
