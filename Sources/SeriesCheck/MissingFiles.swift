internal import CSyntax
public import Findings

/// SERIES_MISSING_FILE: an include or a Makefile object whose file the commit's tree lacks.
///
/// Compares the series' base with a commit, so the commit that brings the file repairs it.
public struct MissingFiles: Check {
  public init() {}

  public var area: Area { .series }
  public var frame: Frame { .sinceBase }
  public var needsParse: Bool { false }

  public func findings(in change: Change, knowing tree: any TreeKnowledge) -> [Finding] {
    change.files.flatMap { file -> [Finding] in
      guard let after = file.after,
        file.before?.text != after.text || file.before?.path != after.path
      else { return [] }
      let name = after.path.split(separator: "/").last ?? ""
      if [".c", ".h", ".S"].contains(where: name.hasSuffix) {
        return includes(file.before, after, tree)
      }
      return name == "Makefile" || name == "Kbuild" ? objects(file.before, after, tree) : []
    }
  }

  private func includes(
    _ before: FileVersion?, _ after: FileVersion, _ tree: any TreeKnowledge
  ) -> [Finding] {
    // What was there is looked at again only where a rename changes the folder.
    let isMoved = before?.path != after.path
    let old = isMoved ? [] : (before.map { Outline($0.text).includes } ?? []).map(\.path)
    let known = Set(old)
    let search = IncludeSearch(tree)
    return Outline(after.text).includes
      // Under an `#if` it may be for another system or a generated file.
      .filter {
        $0.condition < 0 && !known.contains($0.path) && search.lacks($0, from: after.path)
      }
      .map { include in
        finding(
          include.path, after.path, include.line,
          "\(include.path) is included here, but the tree has no such file at this commit.")
      }
  }

  private func objects(
    _ before: FileVersion?, _ after: FileVersion, _ tree: any TreeKnowledge
  ) -> [Finding] {
    let known = Set(MakefileObjects(before?.text ?? "").objects.map(\.name))
    let folder = after.path.split(separator: "/").dropLast().joined(separator: "/")
    let search = ObjectSearch(tree: tree, folder: folder, makefile: after.text)
    let makefile = MakefileObjects(after.text)
    guard makefile.isWhole else { return [] }
    return makefile.objects
      .filter { !known.contains($0.name) && search.lacks($0.name) }
      .map { object in
        let source = object.name.hasSuffix("/") ? "folder with a Makefile" : "source file"
        return finding(
          object.name, after.path, object.line,
          "\(object.name) is to be built here, but the tree has no \(source) for it at this "
            + "commit.")
      }
  }

  private func finding(_ missing: String, _ path: String, _ line: Int, _ message: String)
    -> Finding
  {
    Finding(
      type: .seriesMissingFile, file: path, line: line, message: message,
      remedy: "Add the file in the same patch or an earlier one: the kernel must build after each.",
      fingerprint: Fingerprint(.seriesMissingFile, [missing, path]),
      data: ["path": .string(missing)])
  }
}
