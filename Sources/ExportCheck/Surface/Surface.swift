public import BuiltinRules
internal import CSyntax
internal import Findings

/// What one file offers to other files: exports, functions, variables, prototypes and stubs.
///
/// Read from tokens alone, so it holds what every configuration would see; each item knows its
/// `#if` conditions.
public struct Surface: Sendable {
  /// A line that cannot be read as it was meant.
  public struct Fault: Sendable, Equatable {
    public var line: Int
    public var message: String
  }

  /// A `MODULE_IMPORT_NS`.
  struct Import: Sendable, Equatable {
    var namespace: String
    var line: Int
  }

  /// A macro with parameters.
  struct CallableMacro: Sendable, Equatable {
    var name: String
    /// Nil when it takes any number.
    var parameterCount: Int?
    var line: Int
    var condition: [String]
  }

  /// Path inside the tree.
  public let path: String
  /// In the order of the file.
  public private(set) var exports: [Export] = []
  public private(set) var faults: [Fault] = []
  private(set) var entities: [Entity] = []
  private(set) var imports: [Import] = []
  private(set) var macros: [CallableMacro] = []
  let outline: Outline?

  /// Reads the surface of a file, in O(n).
  ///
  /// - Parameters:
  ///   - path: decides by its ending how the text is read.
  ///   - defaultNamespace: what the folder's Makefile sets, if it does.
  public init(
    path: String, text: String, rules: ExportRules = .builtin, defaultNamespace: String? = nil
  ) {
    self.path = path
    let kind = SourceKind(path: path)
    switch kind {
    case .other:
      outline = nil
    case .rust:
      outline = nil
      exports = RustExports(text).exports
    case .c, .header, .assembly:
      let outline = Outline(text)
      self.outline = outline
      let reader = ExportReader(
        outline, isAssembly: kind == .assembly, rules: rules, namespace: defaultNamespace)
      exports = reader.exports
      faults = reader.faults
      guard kind != .assembly else { return }
      entities = EntityReader(outline).entities
      imports = outline.namespaceImports.compactMap { call in
        call.arguments.first.flatMap(ExportReader.word).map {
          Import(namespace: $0, line: call.line)
        }
      }
      macros = outline.macros.compactMap { macro in
        macro.parameters.map {
          CallableMacro(
            name: macro.name,
            parameterCount: $0.contains { $0.hasSuffix("...") } ? nil : $0.count,
            line: macro.line, condition: outline.conditionStack(macro.condition))
        }
      }
    }
  }

  /// True for a header.
  var isHeader: Bool { SourceKind(path: path) == .header }

  /// The definitions and declarations called `name`.
  func entities(named name: String) -> [Entity] { entities.filter { $0.name == name } }
}
