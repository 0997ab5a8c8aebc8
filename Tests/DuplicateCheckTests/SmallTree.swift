import CSyntax
import Findings

/// A tree of a few files that knows everything in them.
struct SmallTree: TreeKnowledge {
  var files: [String: String]
  var isWhole = true
  var roles: [String: KbuildRole] = [:]
  var isWholeTree: Bool { isWhole }

  init(_ files: [String: String]) { self.files = files }

  func text(of path: String) -> String? { files[path] }

  func definitions(of name: String) -> [FunctionPlace] { functions.filter { $0.name == name } }

  func uses(of name: String) -> [SymbolUse] {
    files.sorted { $0.key < $1.key }.flatMap { path, text in
      let source = SourceTokens(text)
      return source.tokens.indices.compactMap { index -> SymbolUse? in
        guard source.text(index) == name, index + 2 < source.tokens.count,
          source.text(index + 1) == "("
        else { return nil }
        let line = Int(source.tokens[index].line)
        let around = Outline(text).functions.first { ($0.startLine...$0.endLine).contains(line) }
        return SymbolUse(file: path, line: line, function: around?.name, kind: .call)
      }
    }
  }

  func similar(to name: String, in file: FileVersion, limit: Int) -> [FunctionPlace] {
    functions.filter { $0.name != name || $0.file != file.path }
  }

  func role(of path: String) -> KbuildRole { roles[path] ?? .unknown }

  private var functions: [FunctionPlace] {
    files.sorted { $0.key < $1.key }.flatMap { path, text in
      Outline(text).functions.map {
        FunctionPlace(
          file: path, line: $0.nameLine, endLine: $0.endLine, name: $0.name, isStatic: $0.isStatic)
      }
    }
  }

  /// The change from `self` to `other`.
  func change(to other: SmallTree) -> Change {
    let paths = Set(files.keys).union(other.files.keys).sorted()
    return Change(
      files: paths.compactMap { path in
        guard files[path] != other.files[path] else { return nil }
        return FileChange(
          before: files[path].map { FileVersion(path: path, text: $0) },
          after: other.files[path].map { FileVersion(path: path, text: $0) },
          addedLines: other.files[path].map { Self.addedLines(files[path] ?? "", $0) } ?? [])
      })
  }

  private static func addedLines(_ old: String, _ new: String) -> [ClosedRange<Int>] {
    let after = new.split(separator: "\n", omittingEmptySubsequences: false)
    let before = old.split(separator: "\n", omittingEmptySubsequences: false)
    return after.difference(from: before).insertions.compactMap {
      guard case .insert(let offset, _, _) = $0 else { return nil }
      return offset + 1...offset + 1
    }
  }

  /// What the check says when `self` becomes `other`.
  func findings(
    becoming other: SmallTree, by check: any Check = DuplicateFunctionsUnderTest.check
  ) -> [Finding] {
    check.findings(in: change(to: other), knowing: other)
  }
}
