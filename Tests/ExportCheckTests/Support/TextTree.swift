import CSyntax
import Findings

/// A tree of texts that answers what checks ask, by reading all of it.
struct TextTree: TreeKnowledge {
  var isWholeTree = true
  /// False: like a tree of which no index was built.
  var knowsPlaces = true
  private var texts: [String: String] = [:]
  private var useTable: [String: [SymbolUse]] = [:]
  private var definitionTable: [String: [FunctionPlace]] = [:]
  private var declarationTable: [String: [SymbolPlace]] = [:]
  private var exportTable: [String: [SymbolPlace]] = [:]
  private var roles: [String: KbuildRole] = [:]

  init(_ texts: [String: String], isWholeTree: Bool = true, knowsPlaces: Bool = true) {
    self.isWholeTree = isWholeTree
    self.knowsPlaces = knowsPlaces
    self.texts = texts
    for path in texts.keys.sorted() { read(path, texts[path] ?? "") }
    for (path, text) in texts where path.hasSuffix("Makefile") || path.hasSuffix("Kbuild") {
      roles.merge(MakefileRoles(text, folder: path).roles) { $1 }
    }
  }

  func text(of path: String) -> String? { texts[path] }
  func files(in folder: String) -> [String] {
    texts.keys.filter { $0.split(separator: "/").dropLast().joined(separator: "/") == folder }
      .sorted()
  }
  func definitions(of name: String) -> [FunctionPlace] { definitionTable[name] ?? [] }
  func uses(of name: String) -> [SymbolUse] { useTable[name] ?? [] }
  func similar(to name: String, in file: FileVersion, limit: Int) -> [FunctionPlace] { [] }
  func role(of path: String) -> KbuildRole { roles[path] ?? .unknown }
  func declarations(of name: String) -> [SymbolPlace]? {
    knowsPlaces ? declarationTable[name] ?? [] : nil
  }
  func exports(of name: String) -> [SymbolPlace]? { knowsPlaces ? exportTable[name] ?? [] : nil }

  private mutating func read(_ path: String, _ text: String) {
    if path.hasSuffix(".rs") {
      readWords(path, text)
      return
    }
    guard [".c", ".h", ".S"].contains(where: path.hasSuffix) else { return }
    let outline = Outline(text)
    let source = outline.source
    let isAssembly = path.hasSuffix(".S")
    var named: Set<Int> = []
    if !isAssembly {
      for function in outline.functions {
        named.insert(function.nameToken)
        definitionTable[function.name, default: []].append(
          FunctionPlace(
            file: path, line: function.nameLine, endLine: function.endLine, name: function.name,
            isStatic: function.isStatic || function.isInline))
      }
      for item in outline.prototypes {
        named.formUnion(item.tokens.filter { source.text($0) == item.name })
        declarationTable[item.name, default: []].append(
          SymbolPlace(file: path, line: item.line))
      }
      for item in outline.variables {
        named.formUnion(item.tokens.filter { source.text($0) == item.name }.prefix(1))
        if item.isExtern {
          declarationTable[item.name, default: []].append(
            SymbolPlace(file: path, line: item.line))
        }
      }
      for call in outline.exports {
        exportTable[call.arguments[0], default: []].append(
          SymbolPlace(file: path, line: call.line, macro: call.name))
      }
    }
    for index in source.tokens.indices where source.tokens[index].kind == .identifier {
      if named.contains(index) { continue }
      let isCall =
        index + 1 < source.tokens.count && source.tokens[index + 1].kind == .leftParenthesis
      let kind: SymbolUse.Kind =
        isAssembly
        ? .assembly : source.tokens[index].isDirective ? .macro : isCall ? .call : .reference
      let function = outline.functions.first { $0.body.contains(index) || $0.head.contains(index) }
      useTable[source.text(index), default: []].append(
        SymbolUse(
          file: path, line: Int(source.tokens[index].line),
          function: isAssembly ? nil : function?.name, kind: kind))
    }
  }

  private mutating func readWords(_ path: String, _ text: String) {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      for word in line.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") }) {
        useTable[String(word), default: []].append(
          SymbolUse(file: path, line: number + 1, function: nil, kind: .rust))
      }
    }
  }
}

/// What the lines `obj-y += …` and `module-y := …` of one Makefile say.
struct MakefileRoles {
  private(set) var roles: [String: KbuildRole] = [:]

  init(_ text: String, folder makefile: String) {
    let folder = makefile.split(separator: "/").dropLast().joined(separator: "/")
    var goals: [(name: String, isBuiltIn: Bool)] = []
    var parts: [String: [String]] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: { " \t".contains($0) }).map(String.init)
      guard words.count > 2, words[1] == "+=" || words[1] == ":=",
        let dash = words[0].lastIndex(of: "-")
      else { continue }
      let name = String(words[0][..<dash])
      let objects = words[2...].filter { $0.hasSuffix(".o") }.map { String($0.dropLast(2)) }
      if name == "obj" {
        goals += objects.map { ($0, words[0] == "obj-y") }
      } else {
        parts[name, default: []] += objects
      }
    }
    for goal in goals {
      for object in parts[goal.name] ?? [goal.name] {
        for ending in [".c", ".S", ".rs"] {
          let path = (folder.isEmpty ? "" : folder + "/") + object + ending
          roles[path] = goal.isBuiltIn ? .builtIn : .module(goal.name)
        }
      }
    }
  }
}
