import Findings
import GitKit
import Synchronization
import TreeIndex

/// Answers the checks from an index: of the whole tree, or of some folders held in memory.
struct IndexKnowledge: TreeKnowledge {
  private let tree: any TreeSource
  private let ask: @Sendable ((TreeIndex) throws(IndexError) -> Void) throws(IndexError) -> Void
  private let roles: KbuildRoles
  private let failures = Failures()

  let isWholeTree: Bool

  /// An index whose file may prove damaged and is made anew then.
  init(_ index: LiveIndex, isWholeTree: Bool, tree: any TreeSource) {
    self.init(tree: tree, isWholeTree: isWholeTree) { (question) throws(IndexError) in
      try index.ask(question)
    }
  }

  /// The index of the whole `tree`, which may be built again when its file proves damaged.
  init(_ index: TreeIndex, store: IndexStore, tree: any TreeSource) {
    let live = LiveIndex(index, store: store) { () throws(IndexError) in
      try store.index(of: tree).index
    }
    self.init(live, isWholeTree: index.isWholeTree, tree: tree)
  }

  /// An index in memory.
  init(_ index: TreeIndex, tree: any TreeSource) {
    self.init(tree: tree, isWholeTree: index.isWholeTree) { (question) throws(IndexError) in
      try question(index)
    }
  }

  private init(
    tree: any TreeSource, isWholeTree: Bool,
    ask: @escaping @Sendable ((TreeIndex) throws(IndexError) -> Void) throws(IndexError) -> Void
  ) {
    self.tree = tree
    self.isWholeTree = isWholeTree
    self.ask = ask
    roles = KbuildRoles(tree)
  }

  /// Questions that could not be answered, for the coverage; empty when all is well.
  var problems: [String] { failures.messages.withLock { $0 } }

  private final class Failures: Sendable {
    let messages = Mutex<[String]>([])
  }

  private func answer<Answer>(
    _ none: Answer, _ question: (TreeIndex) throws(IndexError) -> Answer
  ) -> Answer {
    var result = none
    do throws(IndexError) {
      try ask { (index) throws(IndexError) in result = try question(index) }
    } catch {
      failures.messages.withLock {
        if !$0.contains(error.description) { $0.append(error.description) }
      }
    }
    return result
  }

  /// As `HelperSearch` has it.
  func helpers(
    for names: [String], from path: String, by search: HelperSearch,
    isBuilt: @escaping (String) -> Bool
  ) -> [String] {
    answer([]) { (index) throws(IndexError) in
      try search.files(for: names, from: path, in: index, isBuilt: isBuilt)
    }
  }

  func text(of path: String) -> String? {
    (try? tree.read(path)).flatMap { $0 }.map(SourceFile.text)
  }

  func files(in folder: String) -> [String] {
    ((try? tree.list(folder)) ?? []).filter { !$0.hasSuffix("/") }
      .map { folder.isEmpty ? $0 : folder + "/" + $0 }
  }

  func definitions(of name: String) -> [FunctionPlace] {
    answer([]) { (index) throws(IndexError) in
      try index.definitions(of: name).filter { $0.kind == .function }.map {
        FunctionPlace(
          file: $0.file, line: $0.line, endLine: $0.endLine, name: name, isStatic: $0.isStatic)
      }
    }
  }

  func uses(of name: String) -> [SymbolUse] {
    answer([]) { (index) throws(IndexError) in
      try index.uses(of: name).map {
        SymbolUse(
          file: $0.file, line: $0.line, function: $0.function, kind: SymbolUse.Kind($0.kind))
      }
    }
  }

  func similar(to name: String, in file: FileVersion, limit: Int) -> [FunctionPlace] {
    answer([]) { (index) throws(IndexError) in
      try index.similar(to: name, path: file.path, text: file.text, limit: limit)
        .map(FunctionPlace.init)
    }
  }

  func similar(to name: String, lines: ClosedRange<Int>, in file: FileVersion, limit: Int)
    -> [FunctionPlace]
  {
    answer([]) { (index) throws(IndexError) in
      try index.similar(to: name, lines: lines, path: file.path, text: file.text, limit: limit)
        .map(FunctionPlace.init)
    }
  }

  func role(of path: String) -> KbuildRole {
    switch roles.role(of: path) {
    case .builtIn: .builtIn
    case .module(let name): .module(name)
    case .unknown: .unknown
    }
  }

  func declarations(of name: String) -> [SymbolPlace]? {
    answer(nil) { (index) throws(IndexError) in
      try index.definitions(of: name)
        .filter { $0.kind == .prototype || $0.kind == .declaredVariable }
        .map { SymbolPlace(file: $0.file, line: $0.line) }
    }
  }

  func filesMentioning(_ name: String) -> Int? {
    guard isWholeTree else { return nil }
    return answer(nil) { (index) throws(IndexError) in try index.files(mentioning: name) }
  }

  func exports(of name: String) -> [SymbolPlace]? {
    answer(nil) { (index) throws(IndexError) in
      try index.definitions(of: name).filter { $0.kind == .export || $0.kind == .exportForGPL }
        .map { place in
          let space = place.namespace.isEmpty ? "" : "_NS"
          let license = place.kind == .exportForGPL ? "_GPL" : ""
          return SymbolPlace(
            file: place.file, line: place.line, macro: "EXPORT_SYMBOL\(space)\(license)")
        }
    }
  }
}

extension FunctionPlace {
  fileprivate init(_ match: TreeIndex.Match) {
    self.init(
      file: match.file, line: match.line, endLine: match.endLine, name: match.name,
      isStatic: match.isStatic)
  }
}

extension SymbolUse.Kind {
  fileprivate init(_ kind: TreeIndex.Use.Kind) {
    switch kind {
    case .call: self = .call
    case .reference: self = .reference
    case .macro: self = .macro
    case .assembly: self = .assembly
    case .rust: self = .rust
    }
  }
}
