import CSyntax
import GitKit
import KernelTree
import LockCheck

/// Judges one file of one version, with the files of its folder that its locks depend on.
struct FileReview: Sendable {
  let parser: UnitParser
  let lockCheck: LockCheck

  /// Parses and judges `file`.
  func judge(_ file: SourceFile, in version: TreeVersion, of tree: any TreeSource) async
    -> FileJudgement
  {
    let parsed = await parser.parse(file.path, text: file.bytes, in: version)
    guard let unit = parsed.unit else { return FileJudgement(file, parsed, lockCheck) }
    var others: [SyntaxUnit] = []
    for other in helpers(of: unit, beside: file, in: tree) {
      let helper = await parser.parse(other.path, text: other.bytes, in: version)
      if let unit = helper.unit { others.append(unit) }
    }
    return FileJudgement(file, parsed, lockCheck, with: others)
  }

  /// Files of the folder with functions that this one calls and that may leave a lock in another
  /// state than they found it; by path.
  private func helpers(of unit: SyntaxUnit, beside file: SourceFile, in tree: any TreeSource)
    -> [SourceFile]
  {
    let wanted = Set(unit.undefinedFunctions.filter { !lockCheck.knows($0) })
    let folder = file.path.lastIndex(of: "/").map { String(file.path[..<$0]) } ?? ""
    let names = ((try? tree.list(folder)) ?? []).filter { $0.hasSuffix(".c") }
    return names.compactMap { name -> SourceFile? in
      let path = folder.isEmpty ? name : folder + "/" + name
      guard path != file.path, let bytes = try? tree.read(path) else { return nil }
      // Most files have none of the names: look before reading them as C.
      let words = WordSet(bytes)
      guard wanted.contains(where: words.contains) else { return nil }
      let other = SourceFile(path: path, bytes: bytes)
      return hasHelper(other, wanted) ? other : nil
    }
  }

  private func hasHelper(_ file: SourceFile, _ wanted: Set<String>) -> Bool {
    let bodies = FunctionWords(of: file)
    return file.outline.functions.contains { function in
      !function.isStatic && wanted.contains(function.name)
        && lockCheck.mayBeUnbalanced(words: bodies.closure(of: function.name))
    }
  }
}
