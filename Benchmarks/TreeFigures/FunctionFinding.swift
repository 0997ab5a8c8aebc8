import BareClang
import CClang
import CSyntax
import Foundation
import GitKit
import KernelTree

/// Compares the functions that the index finds in unpreprocessed text with libclang's.
struct FunctionFinding {
  private let tree: CommitTree
  private let kernel: KernelTree

  init(repository: String, build: String) throws {
    let repository = try Repository(at: repository)
    tree = repository.tree(of: try repository.commit(try repository.resolve("HEAD")))
    kernel = try KernelTree(
      base: tree,
      options: KernelTree.Options(cacheDirectory: NSTemporaryDirectory(), configFrom: build))
  }

  private struct Extent: Hashable {
    var name: String
    var lastLine: Int
  }

  /// Parses `count` random files that the configuration builds without an error.
  func report(_ count: Int) throws {
    let version = kernel.version(tree)
    let elsewhere = ["tools/", "scripts/", "samples/", "Documentation/", "usr/", "rust/", "arch/"]
    var sample = Sample(
      try tree.files(below: "").map(\.path).filter { path in
        path.hasSuffix(".c")
          && (path.hasPrefix("arch/x86/") || !elsewhere.contains(where: path.hasPrefix))
      })
    var (units, known, found, ours, invented) = (0, 0, 0, 0, 0)
    while units < count, let path = sample.take(1).first {
      guard let setting = try? version.setting(for: path), let text = try tree.read(path),
        let functions = Self.functions(setting, text)
      else { continue }
      units += 1
      let outline = Outline(SourceTokens(text))
      let own = Set(outline.functions.map { Extent(name: $0.name, lastLine: $0.endLine) })
      known += functions.count
      found += functions.count(where: own.contains)
      // What this configuration leaves out is there all the same.
      let certain = outline.functions.filter { $0.condition < 0 }
      ours += certain.count
      invented += certain.count { !functions.contains(Extent(name: $0.name, lastLine: $0.endLine)) }
    }
    guard known > 0, ours > 0 else { return }
    func percent(_ part: Int, _ whole: Int) -> String {
      String(format: "%.3f", 100 * Double(part) / Double(whole))
    }
    print("functions of \(units) units with a body in the text, by libclang: \(known)")
    print("  found             wanted >= 99.5 %   \(percent(found, known)) %")
    print("  invented          wanted <= 0.1 %    \(percent(invented, ours)) %")
  }

  /// The functions whose bodies stand in the file's own text; nil when it has an error.
  private static func functions(_ setting: CompileSetting, _ text: [UInt8]) -> Set<Extent>? {
    BareUnit.parse(setting, text) { $0.flatMap { functions($0, text) } }
  }

  private static func functions(_ unit: CXTranslationUnit, _ text: [UInt8]) -> Set<Extent>? {
    for number in 0..<clang_getNumDiagnostics(unit) {
      let diagnostic = clang_getDiagnostic(unit, number)
      defer { clang_disposeDiagnostic(diagnostic) }
      if clang_getDiagnosticSeverity(diagnostic).rawValue >= CXDiagnostic_Error.rawValue {
        return nil
      }
    }
    var found = Found(lines: text.split(separator: 10, omittingEmptySubsequences: false))
    withUnsafeMutablePointer(to: &found) { state in
      _ = clang_visitChildren(
        clang_getTranslationUnitCursor(unit),
        { cursor, _, data in
          data!.assumingMemoryBound(to: Found.self).pointee.note(cursor)
          return CXChildVisit_Continue
        }, state)
    }
    return found.extents
  }

  private struct Found {
    let lines: [ArraySlice<UInt8>]
    var extents: Set<Extent> = []

    mutating func note(_ cursor: CXCursor) {
      guard cursor.kind == CXCursor_FunctionDecl, clang_isCursorDefinition(cursor) != 0,
        clang_Location_isFromMainFile(clang_getCursorLocation(cursor)) != 0
      else { return }
      let extent = clang_getCursorExtent(cursor)
      let (first, last) = (line(clang_getRangeStart(extent)), line(clang_getRangeEnd(extent)))
      // A function that a macro makes has no brace of its own in the text.
      guard first >= 1, last <= lines.count,
        lines[first - 1..<last].contains(where: { $0.contains(UInt8(ascii: "{")) })
      else { return }
      let name = clang_getCursorSpelling(cursor)
      defer { clang_disposeString(name) }
      extents.insert(Extent(name: String(cString: clang_getCString(name)), lastLine: last))
    }

    private func line(_ location: CXSourceLocation) -> Int {
      var line: UInt32 = 0
      clang_getExpansionLocation(location, nil, &line, nil, nil)
      return Int(line)
    }
  }
}
