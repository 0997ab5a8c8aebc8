import CSyntax
import Findings
import GitKit

/// Answers the checks from the folders of the changed files, without an index of the whole tree.
struct FolderKnowledge: TreeKnowledge {
  private let tree: any TreeSource
  private let files: [SourceFile]

  var isWholeTree: Bool { false }

  /// Reads every C file in the folders of `paths`, not in folders below them.
  init(tree: any TreeSource, around paths: [String]) {
    self.tree = tree
    let folders = Set(paths.map(Self.folder)).sorted()
    files = folders.flatMap { folder -> [SourceFile] in
      let names = (try? tree.list(folder)) ?? []
      return names.filter(SourceFile.isC).compactMap { name in
        let path = folder.isEmpty ? name : folder + "/" + name
        guard let bytes = try? tree.read(path) else { return nil }
        return SourceFile(path: path, bytes: bytes)
      }
    }
  }

  private static func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  func text(of path: String) -> String? {
    if let file = files.first(where: { $0.path == path }) { return file.text }
    return (try? tree.read(path)).flatMap { $0 }.map(SourceFile.text)
  }

  func definitions(of name: String) -> [FunctionPlace] {
    files.flatMap { file in
      file.outline.functions.filter { $0.name == name }.map { place($0, in: file) }
    }
  }

  private func place(_ function: FunctionItem, in file: SourceFile) -> FunctionPlace {
    FunctionPlace(
      file: file.path, line: function.nameLine, endLine: function.endLine, name: function.name,
      isStatic: function.isStatic)
  }

  func uses(of name: String) -> [SymbolUse] { [] }

  func similar(to name: String, in file: FileVersion, limit: Int) -> [FunctionPlace] {
    Array(
      files.flatMap { other in
        other.outline.functions.filter { !(other.path == file.path && $0.name == name) }.map {
          place($0, in: other)
        }
      }.prefix(limit))
  }

  func role(of path: String) -> KbuildRole { .unknown }
}
