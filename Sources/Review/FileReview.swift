import CSyntax
import GitKit
import KernelTree
import LockCheck

/// Judges one file of one version, with the files of its folder that its locks depend on.
struct FileReview: Sendable {
  let parser: UnitParser
  let lockCheck: LockCheck
  /// What earlier runs left; nil where nothing is to be kept.
  let kept: Kept?

  /// Parses and judges `file`.
  func judge(_ file: SourceFile, in version: TreeVersion, of tree: any TreeSource) async
    -> FileJudgement
  {
    let parsed = await parser.parse(file.path, text: file.bytes, in: version)
    var helpers: [UnitParser.Parsed] = []
    if let unit = parsed.unit {
      for other in self.helpers(of: unit, beside: file, in: tree) {
        helpers.append(await parser.parse(other.path, text: other.bytes, in: version))
      }
    }
    return FileJudgement(file: file, verdict: verdict(on: file, parsed, helpers))
  }

  /// The verdict of an earlier run that stood on the same parses, else a new one.
  private func verdict(
    on file: SourceFile, _ parsed: UnitParser.Parsed, _ helpers: [UnitParser.Parsed]
  ) -> Verdict {
    let identities = ([parsed] + helpers).map(\.identity)
    let known = identities.compactMap { $0 }
    let isNamed = known.count == identities.count
    if isNamed, let verdict = kept?.verdicts.find(known) { return verdict }
    let verdict = Verdict(on: file, parsed, lockCheck, with: helpers.compactMap(\.unit))
    if isNamed { kept?.verdicts.keep(verdict, for: known) }
    return verdict
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
