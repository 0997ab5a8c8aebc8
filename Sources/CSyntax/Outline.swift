/// What a C file holds at file scope, read from its tokens alone.
///
/// No header is read and no macro expanded, so both branches of an `#if` are in it; each item
/// knows its condition. What `#if 0` takes out is left out.
public struct Outline: Sendable {
  public let source: SourceTokens
  public let directives: DirectiveMap
  public internal(set) var functions: [FunctionItem] = []
  public internal(set) var prototypes: [PrototypeItem] = []
  public internal(set) var variables: [VariableItem] = []
  public internal(set) var types: [TypeItem] = []
  public internal(set) var macros: [MacroItem] = []
  /// Macro calls at file scope, such as `EXPORT_SYMBOL(x)` and `module_init(x)`.
  public internal(set) var calls: [MacroCall] = []
  public internal(set) var operations: [OperationItem] = []
  public internal(set) var includes: [IncludeItem] = []
  /// Tokens between the braces of structs, unions and enums at file scope.
  public internal(set) var typeBodies: [Range<Int>] = []

  /// Reads the outline of `source` in O(n) (n log n with many directives).
  public init(_ source: SourceTokens) {
    self.source = source
    directives = DirectiveMap(source)
    var scanner = OutlineScanner(source: source, directives: directives)
    scanner.run()
    functions = scanner.functions
    prototypes = scanner.prototypes
    variables = scanner.variables
    types = scanner.types
    macros = scanner.macros
    calls = scanner.calls
    operations = scanner.operations
    includes = scanner.includes
    typeBodies = scanner.typeBodies
  }

  /// Reads the outline of a file's text.
  public init(_ text: String) { self.init(SourceTokens(text)) }

  /// Uses of `EXPORT_SYMBOL` and its relatives.
  public var exports: [MacroCall] { calls.filter(\.isExport) }

  /// The namespaces that `MODULE_IMPORT_NS` brings in, with the call.
  public var namespaceImports: [MacroCall] { calls.filter { $0.name == "MODULE_IMPORT_NS" } }

  /// The conditions that an item's `condition` stands for, outermost first.
  public func conditionStack(_ condition: Int32) -> [String] {
    directives.conditionStack(condition)
  }
}
