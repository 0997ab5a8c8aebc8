internal import CSyntax

/// What a tree's files define, use and repeat, by name; answers in milliseconds.
///
/// One segment holds a whole tree, or a few folders; segments on top of it hold the files that
/// differ in a later version.
public struct TreeIndex: Sendable {
  let layers: [Layer]

  /// - Parameter segments: The lowest first; each says what it changes of those below.
  init(_ segments: [Segment]) throws(IndexError) {
    var layers: [Layer] = []
    for (number, segment) in segments.enumerated() {
      layers.append(try Layer(segment, under: Array(segments[(number + 1)...])))
    }
    self.layers = layers
  }

  /// True when it speaks of the whole tree.
  public var isWholeTree: Bool { layers[0].segment.identity.isWhole }

  /// How many files and functions it knows.
  public var size: (files: Int, functions: Int) {
    layers.reduce(into: (0, 0)) { size, layer in
      size.files += layer.segment.fileCount - layer.hidden.count
      size.functions += layer.segment.functionCount
    }
  }

  /// A place where a name is defined, declared or exported.
  public struct Definition: Sendable, Equatable {
    public enum Kind: Sendable {
      case function
      case prototype
      case variable
      /// `extern`, without a value.
      case declaredVariable
      /// A macro with parameters.
      case macro
      case export
      case exportForGPL
    }
    public var kind: Kind
    public var file: String
    public var line: Int
    /// Last line of a function; `line` for the rest.
    public var endLine: Int
    /// Of a function.
    public var isStatic: Bool
    public var isInline: Bool
    /// Namespace of an export.
    public var namespace: String
  }

  /// Everything that defines, declares or exports `name`, by file and line.
  public func definitions(of name: String) throws(IndexError) -> [Definition] {
    var result: [Definition] = []
    for layer in layers {
      let segment = layer.segment
      guard let term = try segment.term(named: name) else { continue }
      for item in try segment.definitions(ofTerm: term) where !layer.hidden.contains(item.file) {
        var definition = Definition(
          kind: Definition.Kind(item.kind), file: try segment.file(item.file).path,
          line: item.line, endLine: item.line, isStatic: false, isInline: false,
          namespace: item.detail)
        if item.kind == .function {
          try complete(&definition, term, item, segment)
        }
        result.append(definition)
      }
    }
    return result.sorted { ($0.file, $0.line) < ($1.file, $1.line) }
  }

  private func complete(
    _ definition: inout Definition, _ term: Int, _ item: Segment.Definition, _ segment: Segment
  ) throws(IndexError) {
    for index in try segment.functions(ofFile: item.file) {
      let function = try segment.function(index)
      guard function.term == term, function.nameLine == item.line else { continue }
      definition.endLine = function.endLine
      definition.isStatic = function.flags & FunctionFlag.isStatic != 0
      definition.isInline = function.flags & FunctionFlag.isInline != 0
      return
    }
  }

  /// A place where a name is used.
  public struct Use: Sendable, Equatable {
    public enum Kind: Sendable {
      case call
      case reference
      case macro
      case assembly
      case rust
    }
    public var kind: Kind
    public var file: String
    public var line: Int
    /// The function around it; nil at file scope and in macros.
    public var function: String?
  }

  /// Every use of `name` in code, by file and line; comments, strings, locals and fields of that
  /// name do not count.
  ///
  /// An index of a whole tree knows the uses of what some file of the tree defines, declares or
  /// exports at file scope, but for constants and types.
  public func uses(of name: String) throws(IndexError) -> [Use] {
    var result: [Use] = []
    for layer in layers {
      let segment = layer.segment
      guard let term = try segment.term(named: name) else { continue }
      var around = Enclosing(segment)
      for item in try segment.uses(ofTerm: term) where !layer.hidden.contains(item.file) {
        let place = try around.place(file: item.file, line: item.line)
        result.append(
          Use(
            kind: Use.Kind(item.kind), file: place.path, line: item.line,
            function: item.kind == .macro ? nil : place.function))
      }
    }
    return layers.count == 1 ? result : result.sorted { ($0.file, $0.line) < ($1.file, $1.line) }
  }

  /// How many files mention `name` in a function, as its own or another's: 1 to all files.
  ///
  /// Below three the answer is 1. An overlay does not change it: what is frequent in a tree stays so
  /// from one version to the next.
  public func files(mentioning name: String) throws(IndexError) -> Int {
    var name = name
    let hash = name.withUTF8 { FNV.hash($0) } | 0x8000_0000
    return max(1, try layers[0].segment.frequency(hash))
  }

  /// A function that a table's member holds.
  public struct Operation: Sendable, Equatable {
    public var file: String
    public var line: Int
    /// What is put there; mostly a function.
    public var value: String
    /// Struct of the table, such as `file_operations`; empty when unknown.
    public var type: String
  }

  /// What tables put into their members called `member`, by file and line.
  public func operations(ofMember member: String) throws(IndexError) -> [Operation] {
    var result: [Operation] = []
    for layer in layers {
      for item in try layer.segment.operations(ofMember: member)
      where !layer.hidden.contains(item.file) {
        result.append(
          Operation(
            file: try layer.segment.file(item.file).path, line: item.line, value: item.value,
            type: item.type))
      }
    }
    return result.sorted { ($0.file, $0.line) < ($1.file, $1.line) }
  }
}

extension TreeIndex.Definition.Kind {
  init(_ kind: DefinitionKind) {
    switch kind {
    case .function: self = .function
    case .prototype: self = .prototype
    case .variable: self = .variable
    case .declaredVariable: self = .declaredVariable
    case .macro: self = .macro
    case .export: self = .export
    case .exportForGPL: self = .exportForGPL
    }
  }
}

extension TreeIndex.Use.Kind {
  init(_ kind: UseKind) {
    switch kind {
    case .call: self = .call
    case .reference: self = .reference
    case .macro: self = .macro
    case .assembly: self = .assembly
    case .rust: self = .rust
    }
  }
}
