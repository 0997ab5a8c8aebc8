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

  func uses(of name: String) -> [SymbolUse] {
    files.flatMap { file in
      file.lines.enumerated().compactMap { index, words -> SymbolUse? in
        guard words.contains(name) else { return nil }
        let line = index + 1
        guard !isDeclaration(name, line, in: file) else { return nil }
        let around = file.outline.functions.first { ($0.startLine...$0.endLine).contains(line) }
        return SymbolUse(file: file.path, line: line, function: around?.name, kind: .reference)
      }
    }
  }

  private func isDeclaration(_ name: String, _ line: Int, in file: SourceFile) -> Bool {
    file.outline.functions.contains { $0.name == name && $0.nameLine == line }
      || file.outline.prototypes.contains { $0.name == name && $0.line == line }
      || file.outline.exports.contains { $0.arguments.first == name && $0.line == line }
  }

  /// Ranks the folder's functions by the words they share, rare ones weighing most.
  func similar(to name: String, in file: FileVersion, limit: Int) -> [FunctionPlace] {
    let bodies = files.flatMap { file in
      file.outline.functions.map { (file: file, function: $0, words: file.words(of: $0)) }
    }
    var frequency: [String: Int] = [:]
    for body in bodies { for word in body.words { frequency[word, default: 0] += 1 } }
    let own = SourceFile(path: file.path, bytes: Array(file.text.utf8))
    guard let function = own.outline.functions.first(where: { $0.name == name }) else { return [] }
    let wanted = own.words(of: function)
    let ranked = bodies.enumerated().compactMap { index, body -> (score: Double, index: Int)? in
      guard !(body.file.path == file.path && body.function.name == name) else { return nil }
      let shared = wanted.intersection(body.words)
      guard !shared.isEmpty else { return nil }
      let weight = shared.map { 1 / Double(frequency[$0, default: 1]) }.sorted().reduce(0, +)
      return (weight, index)
    }
    return ranked.sorted { ($1.score, $0.index) < ($0.score, $1.index) }.prefix(limit).map {
      place(bodies[$0.index].function, in: bodies[$0.index].file)
    }
  }

  func role(of path: String) -> KbuildRole { .unknown }
}

extension SourceFile {
  /// The words of each line.
  fileprivate var lines: [Set<String>] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      Set(line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    }
  }

  /// The words of a function.
  fileprivate func words(of function: FunctionItem) -> Set<String> {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let range = max(0, function.startLine - 1)..<min(lines.count, function.endLine)
    return lines[range].reduce(into: []) { words, line in
      words.formUnion(line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    }
  }
}
